import { useApi } from '@backstage/core-plugin-api';
import { Button, Select } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import {
  EmptyState,
  ErrorState,
  ownershipApiRef,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { DataTable, DataTableSkeleton } from '../screen/DataTable';
import type { Column } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { TeamSelect } from '../screen/TeamSelect';
import { useTeams } from '../screen/TeamsProvider';
import { usePagesRoot } from '../screen/usePagesRoot';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { BurnUpSparkline } from './BurnUpSparkline';
import { InitiativeDialog } from './InitiativeDialog';
import { PaceLabel } from './PaceLabel';
import { Progress } from './Progress';
import { useInitiatives } from './useInitiatives';
import screen from '../screen/Screen.module.css';

/**
 * All initiatives, the furthest behind first.
 *
 * @internal
 */
export function InitiativesScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const api = useApi(ownershipApiRef);
  const navigate = useNavigate();
  const root = usePagesRoot();
  const teams = useTeams();
  const [creating, setCreating] = useState(false);
  const team = params.get('team') ?? undefined;
  const all = params.get('show') === 'all';
  const { value, error, loading, retry } = useInitiatives({
    team,
    states: all ? undefined : ['active', 'draft'],
  });
  const startButton = (
    <Button
      size="small"
      variant="primary"
      iconStart={<RiAddLine />}
      onPress={() => setCreating(true)}
    >
      {t('pages.initiative.create')}
    </Button>
  );

  return (
    <div className={screen.screen}>
      <div className={screen.toolbar}>
        <TeamSelect
          label={t('pages.initiative.scope')}
          teams={teams}
          value={team}
          onChange={ref => change({ team: ref })}
        />
        <Select
          className={screen.filterSelect}
          label={t('pages.initiative.show')}
          value={all ? 'all' : 'open'}
          onChange={key => change({ show: key === 'all' ? 'all' : undefined })}
          options={(['open', 'all'] as const).map(id => ({
            id,
            label: t(`pages.initiative.shown.${id}`),
          }))}
        />
        <div className={screen.toolbarEnd}>{startButton}</div>
      </div>
      <Panel
        title={t('pages.initiative.overview.title')}
        note={t('pages.initiative.intro')}
        flush
      >
        {error && (
          <ErrorState
            title={t('pages.initiative.errorTitle')}
            error={error}
            retry={retry}
          />
        )}
        {!value && !error && <DataTableSkeleton columns={5} rows={4} />}
        {value?.items.length === 0 && (
          <EmptyState
            title={
              team || !all
                ? t('pages.initiative.noneTitle')
                : t('pages.initiative.emptyTitle')
            }
            description={t('pages.initiative.emptyNext')}
            action={startButton}
          />
        )}
        {value && value.items.length > 0 && (
          <InitiativeTable items={value.items} stale={loading} />
        )}
      </Panel>
      {creating && (
        <InitiativeDialog
          onClose={() => setCreating(false)}
          onSave={async request => {
            const { id } = await api.createInitiative(request);
            navigate(`${root}/initiatives/${id}`);
          }}
        />
      )}
    </div>
  );
}

function InitiativeTable(props: { items: Initiative[]; stale: boolean }) {
  const { t } = usePagesTranslation();
  const navigate = useNavigate();
  const root = usePagesRoot();
  const columns: Column<Initiative>[] = [
    {
      id: 'title',
      header: t('pages.initiative.title'),
      cell: initiative => (
        <div className={screen.stack}>
          <ScreenLink
            className={screen.strongLink}
            to={`initiatives/${initiative.id}`}
          >
            {initiative.title}
          </ScreenLink>
          <span className={screen.small}>{initiative.goalTitle}</span>
        </div>
      ),
    },
    {
      id: 'state',
      header: t('pages.initiative.stateHeader'),
      cell: initiative => <PaceLabel initiative={initiative} />,
    },
    {
      id: 'progress',
      header: t('pages.initiative.progress'),
      cell: initiative => (
        <>
          <Progress figures={initiative.figures} />
          {initiative.ofTeam && (
            <span className={screen.small}>
              {t('pages.initiative.ofTeam', {
                met: initiative.ofTeam.met,
                counted: initiative.ofTeam.counted,
              })}
            </span>
          )}
        </>
      ),
    },
    {
      id: 'burnUp',
      header: t('pages.initiative.burnUp'),
      wideOnly: true,
      cell: initiative => <BurnUpSparkline initiative={initiative} />,
    },
    {
      id: 'owner',
      header: t('pages.initiative.owner'),
      wideOnly: true,
      cell: initiative => initiative.ownerTitle ?? initiative.ownerRef,
    },
    {
      id: 'due',
      header: t('pages.initiative.due'),
      align: 'end',
      cell: initiative => <RelativeTime value={initiative.dueAt} />,
    },
  ];
  return (
    <DataTable
      caption={t('pages.initiative.caption')}
      columns={columns}
      rows={props.items}
      rowKey={initiative => initiative.id}
      rowName={initiative => initiative.title}
      onOpen={initiative => navigate(`${root}/initiatives/${initiative.id}`)}
      stale={props.stale}
    />
  );
}
