import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton } from '@backstage/ui';
import type {
  BudgetPoint,
  BurnDownPoint,
} from '@service-ownership/backstage-plugin-ownership-common';
import { lazy, Suspense } from 'react';
import { ChartFrame } from '../chart/ChartFrame';
import { timeFormats } from '../chart/timeTicks';
import { formatShare } from '../frame/formatShare';
import { useLanguage } from '../frame/useLanguage';
import { toneClass } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import { MarkerLegend } from './MarkerLegend';
import { markerKindOf } from './markerKinds';
import styles from '../chart/Chart.module.css';

const BurnDownPlot = lazy(() => import('./BurnDownPlot'));

/**
 * Something that happened during the window: a deployment, an incident.
 *
 * @public
 */
export interface BurnDownMarker {
  /** ISO 8601. */
  at: string;
  /** What sort of thing it was: `deployment`, `rolledback`, `failed`, `removed`, `incident`, `alert`, `excluded` and `changed` have a sign of their own. */
  kind: string;
  /** What happened, in a few words. */
  title: string;
  /** When it ended, where it lasted; ISO 8601. */
  until?: string;
  /** True where it lasts still. */
  open?: boolean;
}

/**
 * What a {@link BurnDownChart} shows and how.
 *
 * @public
 */
export interface BurnDownChartProps {
  /** Says what the chart shows: the name of the SLO. */
  label: string;
  /** As `burnDown` computes them, or `rollingBudget`. */
  points: ReadonlyArray<BudgetPoint & Partial<BurnDownPoint>>;
  /** Start and end of what is shown, ISO 8601. */
  window: { start: string; end: string };
  /** What happened meanwhile; drawn at their moments. */
  markers?: readonly BurnDownMarker[];
  /** Pixels; default 260. */
  height?: number;
  /**
   * Shows the part of the budget that the line is in rather than all of it:
   * for a short stretch, in which little of the budget goes.
   */
  close?: boolean;
}

/**
 * The remaining error budget over the window against even use: green above 0,
 * red below. The same numbers are there as a table.
 *
 * @public
 */
export function BurnDownChart(props: BurnDownChartProps) {
  const { label, points, markers = [], height = 260 } = props;
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const language = useLanguage();
  const times = timeFormats({
    from: Date.parse(props.window.start),
    to: Date.parse(props.window.end),
    language,
  });
  const share = (ratio: number) => formatShare({ ratio, language });
  const names = {
    remaining: t('burnDown.remaining'),
    ideal: t('burnDown.ideal'),
  };
  const describe = (marker: BurnDownMarker) => {
    const kind = markerKindOf(marker);
    const word = kind === 'other' ? marker.kind : t(`marker.kind.${kind}`);
    return `${word}: ${marker.title}`;
  };
  const even = points.some(({ ideal }) => ideal !== undefined);
  if (points.length < 2) {
    return <p>{t('chart.empty')}</p>;
  }
  return (
    <ChartFrame
      label={label}
      height={height}
      table={() => ({
        columns: [
          t('chart.time'),
          names.remaining,
          ...(even ? [names.ideal] : []),
          ...(markers.length > 0 ? [t('chart.event')] : []),
        ],
        rows: points.map(({ at, remaining, ideal }, index) => [
          times.exact(at),
          remaining === undefined ? t('chart.noData') : share(remaining),
          ...(even ? [ideal === undefined ? '' : share(ideal)] : []),
          ...(markers.length > 0
            ? [
                markersWithin(markers, points[index - 1]?.at, at)
                  .map(describe)
                  .join('; '),
              ]
            : []),
        ]),
      })}
      legend={
        <ul className={styles.legend}>
          <li>
            <span className={`${styles.swatch} ${toneClass('good')}`} />
            {names.remaining}
          </li>
          {even && (
            <li>
              <span
                className={`${styles.swatch} ${styles.dashed} ${toneClass(
                  'muted',
                )}`}
              />
              {names.ideal}
            </li>
          )}
          <MarkerLegend markers={markers} />
        </ul>
      }
    >
      <Suspense fallback={<Skeleton width="100%" height={height} />}>
        <BurnDownPlot
          {...props}
          markers={markers}
          height={height}
          names={names}
          share={share}
          describe={describe}
          times={times}
        />
      </Suspense>
    </ChartFrame>
  );
}

function markersWithin(
  markers: readonly BurnDownMarker[],
  after: number = -Infinity,
  upTo: number,
) {
  return markers.filter(marker => {
    const at = Date.parse(marker.at);
    return at > after && at <= upTo;
  });
}
