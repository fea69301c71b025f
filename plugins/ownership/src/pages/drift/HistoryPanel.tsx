import {
  ErrorState,
  TrendChart,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { DriftHistory } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import type { Loaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';

/**
 * Open findings over the last weeks.
 *
 * @internal
 */
export function HistoryPanel(props: {
  history: Loaded<DriftHistory>;
  days: number;
}) {
  const { t } = usePagesTranslation();
  const { value, error, retry } = props.history;
  const points = value?.points ?? [];
  return (
    <Panel
      title={t('pages.drift.history.title')}
      note={
        points.length < 2
          ? undefined
          : t('pages.drift.history.note', {
              days: props.days,
              opened: sum(points.map(point => point.opened)),
              closed: sum(points.map(point => point.closed)),
            })
      }
    >
      {error && <ErrorState error={error} retry={retry} />}
      {!value && !error && <RowsSkeleton rows={1} height={110} />}
      {value && points.length < 2 && (
        <p className={screen.muted}>{t('pages.drift.history.starts')}</p>
      )}
      {points.length >= 2 && (
        <TrendChart
          label={t('pages.drift.history.label')}
          height={120}
          points={points.map(({ at, open }) => ({ at, values: { open } }))}
          series={[
            { id: 'open', title: t('pages.drift.history.title'), tone: 'info' },
          ]}
        />
      )}
    </Panel>
  );
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
