import { useApi } from '@backstage/core-plugin-api';
import { Select } from '@backstage/ui';
import {
  EmptyState,
  EntityName,
  ErrorState,
  ownershipApiRef,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import { findMeasure } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  MeasuredEntity,
  MeasureShow,
} from '@service-ownership/backstage-plugin-ownership-common';
import { formatMeasure } from '../../measure/formatMeasure';
import { periodOf } from '../overview/useOverview';
import { DataTable, DataTableSkeleton } from '../screen/DataTable';
import { OwnerName } from '../screen/OwnerName';
import { Pager } from '../screen/Pager';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { TeamSelect } from '../screen/TeamSelect';
import { useTeams } from '../screen/TeamsProvider';
import { useLoaded } from '../screen/useLoaded';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';

const pageSize = 25;
const shows = [
  'deployments',
  'failures',
  'incidents',
  'open-incidents',
  'cost',
  'over-budget',
  'toil-hours',
  'security-findings',
  'observability-coverage',
] as const satisfies readonly MeasureShow[];

/**
 * The components behind a figure of cost, deployments, incidents or a pushed
 * measure.
 *
 * @internal
 */
export function MeasuredScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const teams = useTeams();
  const api = useApi(ownershipApiRef);
  const show = shows.find(known => known === params.get('show')) ?? 'cost';
  const days = periodOf(params);
  const query = {
    show,
    days,
    team: params.get('team') ?? undefined,
    currency: params.get('currency') ?? undefined,
    cursor: params.get('cursor') ?? undefined,
    limit: pageSize,
  };
  const measured = useLoaded({
    key: JSON.stringify(query),
    load: () => api.listMeasured(query),
  });
  const { value } = measured;
  const note = noteOf(show);
  return (
    <div className={screen.screen}>
      <Panel
        title={t(`pages.measure.list.titles.${show}`)}
        note={note && t(`pages.measure.list.${note}`, { days: String(days) })}
        actions={<ScreenLink to="">{t('pages.measure.list.back')}</ScreenLink>}
        flush
      >
        <div className={`${screen.filters} ${screen.filterRow}`}>
          <Select
            className={screen.filterSelect}
            label={t('pages.measure.list.show')}
            value={show}
            onChange={key => change({ show: String(key), currency: undefined })}
            options={shows.map(id => ({
              id,
              label: t(`pages.measure.list.titles.${id}`),
            }))}
          />
          <TeamSelect
            label={t('pages.filters.team')}
            teams={teams}
            value={query.team}
            onChange={team => change({ team })}
          />
        </div>
        {measured.error && (
          <ErrorState
            title={t('pages.measure.list.errorTitle')}
            error={measured.error}
            retry={measured.retry}
          />
        )}
        {!value && !measured.error && <DataTableSkeleton columns={4} />}
        {value?.items.length === 0 && (
          <EmptyState
            title={t('pages.measure.list.emptyTitle')}
            description={t('pages.measure.list.emptyNext')}
          />
        )}
        {value && value.items.length > 0 && (
          <>
            <MeasuredTable
              show={show}
              items={value.items}
              stale={measured.loading}
            />
            <Pager
              totalItems={value.totalItems}
              shown={value.items.length}
              pageSize={pageSize}
              pageInfo={value.pageInfo}
            />
          </>
        )}
      </Panel>
    </div>
  );
}

function MeasuredTable(props: {
  show: MeasureShow;
  items: MeasuredEntity[];
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const language = useLanguage();
  const { show } = props;
  const isCost = show === 'cost' || show === 'over-budget';
  const unit = isCost ? 'money' : findMeasure(show)?.unit ?? 'count';
  const text = (value: number, currency?: string) =>
    formatMeasure({ value, unit, currency, language });
  return (
    <DataTable
      caption={t('pages.measure.list.caption')}
      rows={props.items}
      rowKey={item => `${item.entityRef} ${item.currency}`}
      rowName={item => item.title ?? item.entityRef}
      stale={props.stale}
      columns={[
        {
          id: 'component',
          header: t('pages.measure.list.component'),
          cell: item => (
            <EntityName entityRef={item.entityRef} title={item.title} />
          ),
        },
        {
          id: 'owner',
          header: t('pages.measure.list.owner'),
          cell: item => <OwnerName refs={item.ownerRefs} />,
        },
        {
          id: 'value',
          header: t(`pages.measure.list.titles.${show}`),
          align: 'end',
          cell: item => text(item.value, item.currency),
        },
        ...(isCost || show === 'failures'
          ? [
              {
                id: 'of',
                header: t(
                  isCost
                    ? 'pages.measure.list.budget'
                    : 'pages.measure.list.of',
                ),
                align: 'end' as const,
                cell: (item: MeasuredEntity) =>
                  item.of === undefined ? '–' : text(item.of, item.currency),
              },
            ]
          : []),
      ]}
    />
  );
}

function noteOf(show: MeasureShow) {
  switch (show) {
    case 'deployments':
    case 'failures':
    case 'incidents':
      return 'period';
    case 'cost':
    case 'over-budget':
    case 'toil-hours':
      return 'month';
    case 'open-incidents':
      return undefined;
    default:
      return 'latest';
  }
}
