import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Select } from '@backstage/ui';
import type { Handover } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  ownershipApiRef,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useNavigate } from 'react-router-dom';
import { ownershipTranslationRef } from '../../translation';
import { DataTable } from '../screen/DataTable';
import type { Column } from '../screen/DataTable';
import { PagedList } from '../screen/PagedList';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { TeamSelect } from '../screen/TeamSelect';
import { useTeams } from '../screen/TeamsProvider';
import { useLoaded } from '../screen/useLoaded';
import { usePagesRoot } from '../screen/usePagesRoot';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { handoverName } from './handoverName';
import screen from '../screen/Screen.module.css';

const PAGE_SIZE = 50;

/**
 * The handovers of the organisation or a part of it, those due first.
 *
 * @internal
 */
export function HandoversScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const api = useApi(ownershipApiRef);
  const teams = useTeams();
  const team = params.get('team') ?? undefined;
  const cursor = params.get('cursor') ?? undefined;
  const all = params.get('show') === 'all';
  const list = useLoaded({
    key: JSON.stringify([team, cursor, all]),
    load: () =>
      api.listHandovers({
        team,
        cursor,
        limit: PAGE_SIZE,
        state: all ? undefined : ['proposed', 'accepted', 'ready'],
      }),
  });
  return (
    <div className={screen.screen}>
      <div className={screen.toolbar}>
        <TeamSelect
          label={t('pages.handover.scope')}
          teams={teams}
          value={team}
          onChange={ref => change({ team: ref })}
        />
        <Select
          className={screen.filterSelect}
          label={t('pages.handover.show')}
          value={all ? 'all' : 'open'}
          onChange={key => change({ show: key === 'all' ? 'all' : undefined })}
          options={(['open', 'all'] as const).map(id => ({
            id,
            label: t(`pages.handover.shown.${id}`),
          }))}
        />
      </div>
      <Panel
        title={t('pages.handover.title')}
        note={t('pages.handover.note')}
        flush
      >
        <PagedList
          list={list}
          pageSize={PAGE_SIZE}
          columns={5}
          errorTitle={t('pages.handover.errorTitle')}
          empty={{
            title: t('pages.handover.emptyTitle'),
            description: t('pages.handover.emptyNext'),
          }}
        >
          {({ items, stale }) => <HandoverTable items={items} stale={stale} />}
        </PagedList>
      </Panel>
    </div>
  );
}

function HandoverTable(props: { items: Handover[]; stale: boolean }) {
  const { t } = usePagesTranslation();
  const { t: word } = useTranslationRef(ownershipTranslationRef);
  const navigate = useNavigate();
  const root = usePagesRoot();
  const nameOf = (handover: Handover) => handoverName(handover, t);
  const columns: Column<Handover>[] = [
    {
      id: 'what',
      header: t('pages.handover.what'),
      cell: handover => (
        <div className={screen.stack}>
          <ScreenLink
            className={screen.strongLink}
            to={`handovers/${handover.id}`}
          >
            {nameOf(handover)}
          </ScreenLink>
          {handover.from.length > 0 && (
            <span className={`${screen.small} ${screen.narrowOnly}`}>
              {t('pages.handover.fromTeams', {
                teams: handover.from.map(({ title }) => title).join(', '),
              })}
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'from',
      header: t('pages.handover.from'),
      wideOnly: true,
      cell: ({ from }) =>
        from.length === 0 ? (
          <span className={screen.muted}>{t('pages.handover.nobody')}</span>
        ) : (
          from.map(({ ref, title }) => (
            <div key={ref}>
              <EntityName entityRef={ref} title={title} />
            </div>
          ))
        ),
    },
    {
      id: 'to',
      header: t('pages.handover.to'),
      cell: ({ to }) => (
        <>
          <EntityName entityRef={to.ref} title={to.title} />
          {!to.resolves && (
            <div className={screen.small}>{t('pages.handover.gone')}</div>
          )}
        </>
      ),
    },
    {
      id: 'state',
      header: t('pages.handover.state'),
      cell: ({ state }) => word(`handover.state.${state}`),
    },
    {
      id: 'checklist',
      header: t('pages.handover.checklist'),
      align: 'end',
      wideOnly: true,
      cell: ({ checklist }) =>
        t('pages.handover.ofItems', {
          done: checklist.filter(({ done }) => done).length,
          items: checklist.length,
        }),
    },
    {
      id: 'due',
      header: t('pages.handover.due'),
      align: 'end',
      cell: ({ dueAt, endedAt, overdue }) => (
        <>
          <RelativeTime value={endedAt ?? dueAt} />
          {overdue && (
            <div className={screen.small}>{t('pages.handover.overdue')}</div>
          )}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('pages.handover.caption')}
      columns={columns}
      rows={props.items}
      rowKey={({ id }) => id}
      rowName={nameOf}
      onOpen={({ id }) => navigate(`${root}/handovers/${id}`)}
      stale={props.stale}
    />
  );
}
