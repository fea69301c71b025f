import {
  BurnDownChart,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import {
  burnDown,
  errorBudget,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SloHistory,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../../screen/Panel';
import { RowsSkeleton } from '../../screen/RowsSkeleton';
import type { Loaded } from '../../screen/useLoaded';
import { usePagesTranslation } from '../../usePagesTranslation';
import { MarkerList } from './MarkerList';
import { historyQuery } from './range';
import type { Range } from './range';
import screen from '../../screen/Screen.module.css';

/**
 * What is left of the budget over the window, against spending it evenly, with
 * what happened meanwhile.
 *
 * @internal
 */
export function BurnDownPanel(props: {
  status: SloStatus;
  /** History of the whole window: the budget is used up from its start. */
  history: Loaded<SloHistory>;
  range: Range;
}) {
  const { t } = usePagesTranslation();
  const { status, history, range } = props;
  const { value, error, retry } = history;
  const from = Date.parse(historyQuery(range, status).from);
  const points = value
    ? burnDown({
        points: value.points,
        stepSeconds: value.stepSeconds,
        objective: status.objective,
        window: status.window,
        now: new Date(status.evaluatedAt),
        units: unitsOf(status, value),
      }).filter(point => point.at >= from)
    : [];
  const excluded = (value?.exclusions ?? []).map(
    (exclusion): SloHistory['markers'][number] => ({
      at: exclusion.from,
      until: exclusion.to,
      kind: t('pages.slo.exclusion.marker'),
      title: exclusion.reason,
    }),
  );
  const markers = [...(value?.markers ?? []), ...excluded]
    .map(marker => ({ ...marker, time: Date.parse(marker.at) }))
    .filter(({ until, open, time }) =>
      open ? true : Date.parse(until ?? '') >= from || time >= from,
    );

  return (
    <Panel
      title={t('pages.slo.detail.burnDown')}
      note={t('pages.slo.detail.burnDownNote')}
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
          points={points}
          window={{
            start: new Date(from).toISOString(),
            end: range === 'window' ? status.window.end : status.evaluatedAt,
          }}
          markers={markers}
        />
      )}
      <MarkerList markers={markers} />
    </Panel>
  );
}

/**
 * The slices of a whole calendar period, which are more than those there were
 * so far: what the budget allows, remaining / share of it, over 1 - objective.
 */
function unitsOf(status: SloStatus, history: SloHistory): number | undefined {
  const { budget, objective, window } = status;
  const sliced = history.points.some(point => point.slices);
  return sliced && window.type === 'calendar' && budget?.remaining
    ? budget.remainingEvents / budget.remaining / errorBudget(objective)
    : undefined;
}
