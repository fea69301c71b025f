import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { Sparkline } from '@service-ownership/backstage-plugin-ownership-react';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { ScreenLink } from '../screen/ScreenLink';
import { useDates } from '../screen/useDates';
import { useShare } from '../screen/useShare';
import { wholePercent } from '../screen/wholePercent';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Overview.module.css';

/**
 * One figure: what it is, how it moved, and where the list behind it is.
 *
 * @internal
 */
export function Tile(props: {
  title: string;
  note: string;
  measure: Overview['owned'];
  href: string;
  /** Start of the period, ISO 8601. */
  since: string;
  /** Which way is the good one. */
  better: 'up' | 'down';
  /** A share, 0..1, rather than a count. */
  share?: boolean;
  /** Anything above 0 wants attention. */
  alarming?: boolean;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const formatShare = useShare();
  const { measure, share } = props;
  const { value, unknown = 0 } = measure;
  return (
    <li className={styles.tile}>
      <ScreenLink
        to={props.href}
        className={styles.tileLink}
        data-alarming={(props.alarming && (value ?? 0) > 0) || undefined}
      >
        <span className={styles.tileTitle}>{props.title}</span>
        <span className={styles.tileFigure}>
          {value === undefined ? (
            <span className={styles.tileNothing}>
              {t('pages.overview.noData')}
            </span>
          ) : (
            <>
              <span className={styles.tileNumber}>
                {share ? formatShare(wholePercent(value)) : number(value)}
              </span>
              {measure.of !== undefined && (
                <span className={screen.muted}>
                  {t('pages.overview.of', { count: measure.of })}
                </span>
              )}
            </>
          )}
        </span>
        <span className={screen.small}>
          {props.note}
          {value !== undefined &&
            unknown > 0 &&
            ` · ${t('pages.overview.unknown', { count: unknown })}`}
        </span>
        <span className={styles.tileFoot}>
          <Change {...props} />
          {measure.trend.length > 1 && (
            <Sparkline
              values={measure.trend.map(point => point.value)}
              width={72}
              height={24}
            />
          )}
        </span>
      </ScreenLink>
    </li>
  );
}

function Change(props: {
  measure: Overview['owned'];
  since: string;
  better: 'up' | 'down';
  share?: boolean;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const { dayInYear } = useDates();
  const { measure, better } = props;
  if (measure.value === undefined) {
    return null;
  }
  if (measure.previous === undefined) {
    return (
      <span className={screen.small}>{t('pages.overview.trendStarts')}</span>
    );
  }
  const factor = props.share ? 100 : 1;
  const change = Math.round((measure.value - measure.previous) * factor);
  const date = dayInYear(props.since);
  if (change === 0) {
    return (
      <span className={screen.small}>
        {t('pages.overview.noChange', { date })}
      </span>
    );
  }
  const direction = change > 0 ? 'up' : 'down';
  const count = Math.abs(change);
  const amount = props.share
    ? t('pages.overview.points', { count })
    : number(count);
  const Arrow = change > 0 ? RiArrowUpLine : RiArrowDownLine;
  return (
    <span
      className={styles.change}
      data-good={direction === better ? 'yes' : 'no'}
    >
      <Arrow size={14} aria-hidden />
      {t(`pages.overview.${direction}`, { amount, date })}
    </span>
  );
}
