import {
  BurnDownChart,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  SloHistory,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useDuration } from '../../screen/useDuration';
import { Panel } from '../../screen/Panel';
import { RowsSkeleton } from '../../screen/RowsSkeleton';
import type { Loaded } from '../../screen/useLoaded';
import { usePagesTranslation } from '../../usePagesTranslation';
import { budgetLine } from './budgetLine';
import { MarkerList } from './MarkerList';
import { windowSeconds } from './range';
import type { RangeQueries } from './range';
import screen from '../../screen/Screen.module.css';

/**
 * What is left of the budget over the range that is shown, with what happened
 * meanwhile. The whole window is set against spending it evenly.
 *
 * @internal
 */
export function BurnDownPanel(props: {
  status: SloStatus;
  queries: RangeQueries;
  shown: Loaded<SloHistory>;
  /** Of a part of the window: what was before it. */
  before?: Loaded<SloHistory>;
}) {
  const { t } = usePagesTranslation();
  const { status, queries, shown, before } = props;
  const duration = useDuration();
  const { from } = queries;
  const error = shown.error ?? before?.error;
  const retry = () => {
    shown.retry();
    before?.retry();
  };
  const value = before && !before.value ? undefined : shown.value;
  const points = value
    ? budgetLine({ status, queries, shown: value, before: before?.value })
    : [];
  const view = viewOf(status, queries);
  const markers = value ? markersOf(value, from) : [];

  return (
    <Panel
      title={t('pages.slo.detail.burnDown')}
      note={t(`pages.slo.detail.burnDownNote.${view}`, {
        window: duration(windowSeconds(status)),
      })}
    >
      {error && (
        <ErrorState
          title={t('pages.slo.detail.historyError')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <RowsSkeleton rows={1} height={260} />}
      {value && value.points.length === 0 && (
        <p className={screen.muted}>{t('pages.slo.detail.noHistory')}</p>
      )}
      {value && value.points.length > 0 && points.length < 3 && (
        <p className={screen.muted}>{t('pages.slo.detail.starts')}</p>
      )}
      {value && value.points.length > 0 && points.length >= 3 && (
        <BurnDownChart
          label={t('pages.slo.detail.burnDownLabel')}
          height={280}
          points={
            view === 'window'
              ? points
              : points.map(({ at, remaining }) => ({ at, remaining }))
          }
          window={{
            start: new Date(from).toISOString(),
            end: view === 'window' ? status.window.end : status.evaluatedAt,
          }}
          close={view === 'close'}
          markers={markers}
        />
      )}
      <MarkerList markers={markers} />
    </Panel>
  );
}

function viewOf(status: SloStatus, queries: RangeQueries) {
  if (queries.budget !== 'burn-down') {
    return queries.budget;
  }
  return queries.from === Date.parse(status.window.start) ? 'window' : 'close';
}

/** What happened, and what does not count, oldest first. */
function markersOf(history: SloHistory, from: number): SloHistory['markers'] {
  const excluded = (history.exclusions ?? []).map(
    (exclusion): SloHistory['markers'][number] => ({
      at: exclusion.from,
      until: exclusion.to,
      kind: 'excluded',
      title: exclusion.reason,
    }),
  );
  return [...history.markers, ...excluded]
    .filter(({ at, until, open }) => open || Date.parse(until ?? at) >= from)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
