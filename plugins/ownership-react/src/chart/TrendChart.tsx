import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { useLanguage } from '../frame/useLanguage';
import { toneClass } from '../palette';
import type { Tone } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import { ChartFrame } from './ChartFrame';
import styles from './Chart.module.css';
import { timeFormats } from './timeTicks';

const TrendPlot = lazy(() => import('./TrendPlot'));

/**
 * One line of a {@link TrendChart}.
 *
 * @public
 */
export interface TrendSeries {
  /** Key of its values in the points. */
  id: string;
  /** Name in the legend and in the table. */
  title: string;
  /** Its colour, by meaning. */
  tone: Tone;
  /** Drawn with dashes, to tell it from others without colour. */
  dashed?: boolean;
}

/**
 * One moment of a {@link TrendChart}.
 *
 * @public
 */
export interface TrendPoint {
  /** ISO 8601. */
  at: string;
  /** By series id; a missing value is a gap. */
  values: Record<string, number | undefined>;
}

/**
 * What a {@link TrendChart} shows and how.
 *
 * @public
 */
export interface TrendChartProps {
  /** Says what the chart shows. */
  label: string;
  /** The lines, in the order of the legend. */
  series: TrendSeries[];
  /** The moments, oldest first. */
  points: TrendPoint[];
  /** Pixels; default 200. */
  height?: number;
  /** Areas on top of each other, for parts of a whole. */
  stacked?: boolean;
  /** How a value is written on the axis, in the tooltip and in the table. */
  format?(value: number): string;
  /** Where the axis of values ends at least; default 1. */
  atLeast?: number;
  /** Values need not be whole numbers, as for ratios; default they are counts. */
  fractions?: boolean;
}

/**
 * Numbers over time. The chart library is loaded when the first chart is
 * drawn; the same numbers are there as a table.
 *
 * @public
 */
export function TrendChart(props: TrendChartProps) {
  const { label, series, points, height = 200 } = props;
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const language = useLanguage();
  if (points.length === 0) {
    return <p>{t('chart.empty')}</p>;
  }
  const format =
    props.format ?? (value => new Intl.NumberFormat(language).format(value));
  const times = timeFormats({
    from: Date.parse(points[0].at),
    to: Date.parse(points[points.length - 1].at),
    language,
  });
  return (
    <ChartFrame
      label={label}
      height={height}
      table={() => ({
        columns: [t('chart.time'), ...series.map(({ title }) => title)],
        rows: points.map(point => [
          times.exact(Date.parse(point.at)),
          ...series.map(({ id }) => {
            const value = point.values[id];
            return value === undefined ? t('chart.noData') : format(value);
          }),
        ]),
      })}
      legend={
        series.length > 1 && (
          <ul className={styles.legend}>
            {series.map(({ id, title, tone, dashed }) => (
              <li key={id}>
                <span
                  className={`${styles.swatch} ${
                    dashed ? styles.dashed : ''
                  } ${toneClass(tone)}`}
                />
                {title}
              </li>
            ))}
          </ul>
        )
      }
    >
      <Suspense fallback={<Skeleton width="100%" height={height} />}>
        <TrendPlot {...props} height={height} format={format} times={times} />
      </Suspense>
    </ChartFrame>
  );
}
