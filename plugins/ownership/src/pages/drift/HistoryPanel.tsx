import { Select } from '@backstage/ui';
import {
  ErrorState,
  TrendChart,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { DriftHistory } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import type { Loaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/** Days the chart may show; the first unless told. @internal */
export const historySpans = [365, 90, 30];
/** Fewer points make no line worth looking at. */
const fewPoints = 3;

/**
 * How many findings were open, day by day: whether the number goes down.
 *
 * @internal
 */
export function HistoryPanel(props: {
  history: Loaded<DriftHistory>;
  days: number;
  onDays(days: number): void;
  /** Shows what was opened or closed since a day. */
  onSince(changes: { openedSince?: string; closedSince?: string }): void;
  /** The reader sees a part only, of which no history is kept. */
  restricted: boolean;
}) {
  const { t } = usePagesTranslation();
  const language = useLanguage();
  const { value, error, retry } = props.history;
  const points = value?.points ?? [];
  const [first] = points;
  const last = points[points.length - 1];
  // What came and went on the first day is in its count already.
  const later = points.slice(1);
  const opened = sum(later.map(point => point.opened));
  const closed = sum(later.map(point => point.closed));
  return (
    <Panel
      title={t('pages.drift.history.title')}
      note={
        points.length > 1 &&
        t('pages.drift.history.since', {
          day: dayOf({ at: first.at, now: last.at, language }),
          first: first.open,
          last: last.open,
        })
      }
      actions={
        points.length > 1 && (
          <>
            <button
              type="button"
              className={screen.chip}
              onClick={() =>
                props.onSince({ openedSince: startOfDay(later[0].at) })
              }
            >
              {t('pages.drift.history.opened', { count: opened })}
            </button>
            <button
              type="button"
              className={screen.chip}
              onClick={() =>
                props.onSince({ closedSince: startOfDay(later[0].at) })
              }
            >
              {t('pages.drift.history.closed', { count: closed })}
            </button>
            <Select
              className={styles.span}
              aria-label={t('pages.drift.history.span')}
              value={String(props.days)}
              onChange={key => props.onDays(Number(key))}
              options={historySpans.map(days => ({
                id: String(days),
                label: t('pages.drift.history.days', { days }),
              }))}
            />
          </>
        )
      }
    >
      {error && <ErrorState error={error} retry={retry} />}
      {!value && !error && <RowsSkeleton rows={1} height={110} />}
      {value && points.length < fewPoints && (
        <p className={screen.muted}>
          {firstWords({ t, points, restricted: props.restricted })}
        </p>
      )}
      {points.length >= fewPoints && (
        <TrendChart
          label={t('pages.drift.history.label')}
          height={140}
          points={points.map(({ at, open, orphaned }) => ({
            at,
            values: { open, orphaned },
          }))}
          series={[
            { id: 'open', title: t('pages.drift.history.title'), tone: 'info' },
            {
              id: 'orphaned',
              title: t('pages.drift.history.orphaned'),
              tone: 'bad',
              dashed: true,
            },
          ]}
        />
      )}
    </Panel>
  );
}

function firstWords(options: {
  t: ReturnType<typeof usePagesTranslation>['t'];
  points: DriftHistory['points'];
  restricted: boolean;
}): string {
  const { t, points, restricted } = options;
  if (points.length === 0) {
    return t(
      restricted
        ? 'pages.drift.history.restricted'
        : 'pages.drift.history.nothing',
    );
  }
  const { open, orphaned } = points[points.length - 1];
  return t('pages.drift.history.starts', { count: open, orphaned });
}

// "Thursday" says more than a date, as long as there is one Thursday only.
function dayOf(options: { at: string; now: string; language: string }) {
  const { at, now, language } = options;
  const days = (Date.parse(now) - Date.parse(at)) / 86_400_000;
  return new Intl.DateTimeFormat(
    language,
    days < 6.5
      ? { weekday: 'long' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(new Date(at));
}

// Points are kept by days of UTC.
function startOfDay(at: string): string {
  return `${at.slice(0, 10)}T00:00:00.000Z`;
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
