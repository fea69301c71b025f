import {
  ErrorState,
  formatShare,
  TrendChart,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { TrendChartProps } from '@service-ownership/backstage-plugin-ownership-react';
import { errorBudget } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SloHistory,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useDuration } from '../../screen/useDuration';
import { Panel } from '../../screen/Panel';
import { RowsSkeleton } from '../../screen/RowsSkeleton';
import type { Loaded } from '../../screen/useLoaded';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';

/**
 * How much there was to do, and how much of it went wrong.
 *
 * @internal
 */
export function RequestsPanels(props: {
  status: SloStatus;
  history: Loaded<SloHistory>;
  /** First and last moment to show, milliseconds since the epoch. */
  from: number;
  to: number;
}) {
  const { t } = usePagesTranslation();
  const { status, history, from, to } = props;
  const language = useLanguage();
  const duration = useDuration();
  const allowed = errorBudget(status.objective);
  const points = (history.value?.points ?? []).filter(
    ({ start }) => Date.parse(start) >= from,
  );
  const step = history.value ? duration(history.value.stepSeconds) : '';
  // No data is a gap; no traffic has no error rate.
  // A step that has only begun would look like a fall.
  const length = (history.value?.stepSeconds ?? 0) * 1000;
  const requests = points
    .filter(({ start }) => Date.parse(start) + length <= to)
    .map(({ start, total, coverage }) => ({
      at: start,
      values: coverage > 0 ? { total } : {},
    }));
  const errors = points.map(({ start, good, total, coverage }) => ({
    at: start,
    values: {
      allowed,
      ...(coverage > 0 && total > 0 && { rate: (total - good) / total }),
    },
  }));

  return (
    <div className={screen.evenColumns}>
      <Panel
        title={t('pages.slo.detail.requests')}
        note={step && t('pages.slo.detail.requestsNote', { step })}
      >
        <HistoryChart
          history={history}
          label={t('pages.slo.detail.requestsLabel')}
          points={requests}
          series={[
            {
              id: 'total',
              title: t('pages.slo.detail.requests'),
              tone: 'info',
            },
          ]}
          format={count =>
            Math.round(count).toLocaleString(language, {
              notation: count >= 10_000 ? 'compact' : 'standard',
            })
          }
        />
      </Panel>
      <Panel
        title={t('pages.slo.detail.errors')}
        note={t('pages.slo.detail.errorsNote')}
      >
        <HistoryChart
          history={history}
          label={t('pages.slo.detail.errorsLabel')}
          points={errors}
          series={[
            {
              id: 'rate',
              title: t('pages.slo.detail.errorRate'),
              tone: 'bad',
            },
            {
              id: 'allowed',
              title: t('pages.slo.detail.allowed'),
              tone: 'muted',
              dashed: true,
            },
          ]}
          atLeast={allowed * 2}
          fractions
          format={value => formatShare({ ratio: value, language })}
        />
      </Panel>
    </div>
  );
}

function HistoryChart(
  props: TrendChartProps & { history: Loaded<SloHistory> },
) {
  const { t } = usePagesTranslation();
  const { history, ...chart } = props;
  if (history.error) {
    return (
      <ErrorState
        title={t('pages.slo.detail.historyError')}
        error={history.error}
        retry={history.retry}
      />
    );
  }
  if (!history.value) {
    return <RowsSkeleton rows={1} height={220} />;
  }
  if (chart.points.length === 0) {
    return <p className={screen.muted}>{t('pages.slo.detail.noHistory')}</p>;
  }
  if (chart.points.length < 2) {
    return <p className={screen.muted}>{t('pages.slo.detail.starts')}</p>;
  }
  return <TrendChart {...chart} />;
}
