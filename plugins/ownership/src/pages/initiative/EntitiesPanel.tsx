import { Button, Select } from '@backstage/ui';
import {
  EmptyState,
  EntityName,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  InitiativeDetail,
  InitiativeEntity,
  InitiativeEntityState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DataTable, DataTableSkeleton } from '../screen/DataTable';
import type { Column } from '../screen/DataTable';
import { linkTo } from '../screen/linkTo';
import { OwnerName } from '../screen/OwnerName';
import { Pager } from '../screen/Pager';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { EntityStateLabel } from './EntityStateLabel';
import { useInitiativeEntities } from './useInitiatives';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

const pageSize = 25;
const everything = 'all';

const states: readonly InitiativeEntityState[] = [
  'missing',
  'unknown',
  'met',
  'exempt',
  'not-asked',
];

/**
 * The components in scope, what misses the goal first, each with what it lacks.
 *
 * @internal
 */
export function EntitiesPanel(props: {
  initiative: InitiativeDetail;
  onExcuse(entity: InitiativeEntity): void;
}) {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const { initiative } = props;
  const state = states.find(name => name === params.get('state'));
  const team = params.get('team') ?? undefined;
  const entities = useInitiativeEntities({
    id: initiative.id,
    version: JSON.stringify(initiative.figures),
    query: {
      state,
      team,
      cursor: params.get('cursor') ?? undefined,
      limit: pageSize,
    },
  });
  const { value } = entities;
  const teams = initiative.teams.map(({ ref, title }) => ({
    id: ref,
    label: title,
  }));

  return (
    <Panel title={t('pages.initiative.detail.entities')} flush>
      <div className={`${screen.filters} ${screen.filterRow}`}>
        <Select
          className={screen.filterSelect}
          label={t('pages.initiative.detail.stateFilter')}
          value={state ?? everything}
          onChange={key =>
            change({ state: key === everything ? undefined : String(key) })
          }
          options={[
            { id: everything, label: t('pages.filters.all') },
            ...states.map(id => ({
              id,
              label: t(`pages.initiative.entityState.${id}`),
            })),
          ]}
        />
        <Select
          className={screen.teamSelect}
          label={t('pages.initiative.detail.teamFilter')}
          search={{ placeholder: t('pages.filters.findTeam') }}
          value={team ?? everything}
          onChange={key =>
            change({ team: key === everything ? undefined : String(key) })
          }
          options={[
            { id: everything, label: t('pages.filters.allTeams') },
            ...(team && !teams.some(({ id }) => id === team)
              ? [{ id: team, label: team }]
              : []),
            ...teams,
          ]}
        />
      </div>
      {entities.error && (
        <ErrorState
          title={t('pages.initiative.detail.entitiesError')}
          error={entities.error}
          retry={entities.retry}
        />
      )}
      {!value && !entities.error && <DataTableSkeleton columns={4} />}
      {value?.items.length === 0 && (
        <EmptyState
          title={t('pages.initiative.detail.noEntities')}
          description={t('pages.initiative.detail.noEntitiesNext')}
        />
      )}
      {value && value.items.length > 0 && (
        <>
          <DataTable
            caption={t('pages.initiative.detail.entitiesCaption')}
            columns={columnsOf(t, initiative, props.onExcuse)}
            rows={value.items}
            rowKey={entity => entity.entityRef}
            rowName={entity => entity.entityTitle ?? entity.entityRef}
            stale={entities.loading}
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
  );
}

function columnsOf(
  t: ReturnType<typeof usePagesTranslation>['t'],
  initiative: InitiativeDetail,
  onExcuse: (entity: InitiativeEntity) => void,
): Column<InitiativeEntity>[] {
  const nameOf = (entity: InitiativeEntity) =>
    entity.entityTitle ?? entity.entityRef;
  return [
    {
      id: 'entity',
      header: t('pages.initiative.detail.entity'),
      cell: entity => (
        <div className={screen.stack}>
          <EntityName entityRef={entity.entityRef} title={entity.entityTitle} />
          <span className={`${screen.small} ${screen.narrowOnly}`}>
            <Lacks initiative={initiative} entity={entity} />
          </span>
        </div>
      ),
    },
    {
      id: 'state',
      header: t('pages.initiative.stateHeader'),
      cell: entity => <EntityStateLabel state={entity.state} />,
    },
    {
      id: 'lacks',
      header: t('pages.initiative.detail.lacks'),
      wideOnly: true,
      cell: entity => <Lacks initiative={initiative} entity={entity} />,
    },
    {
      id: 'owner',
      header: t('pages.drift.table.owner'),
      wideOnly: true,
      cell: entity => <OwnerName refs={entity.ownerRefs} />,
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: entity =>
        entity.state === 'missing' || entity.state === 'unknown' ? (
          <Button
            size="small"
            variant="tertiary"
            aria-label={t('pages.initiative.detail.excuseOf', {
              entity: nameOf(entity),
            })}
            onPress={() => onExcuse(entity)}
          >
            {t('pages.initiative.detail.excuse')}
          </Button>
        ) : null,
    },
  ];
}

function Lacks(props: {
  initiative: InitiativeDetail;
  entity: InitiativeEntity;
}) {
  const { t } = usePagesTranslation();
  const { initiative, entity } = props;
  return (
    <ul className={`${screen.plainList} ${styles.lacks}`}>
      {[...entity.missing, ...entity.unknown].map(ruleId => (
        <li key={ruleId}>
          <ScreenLink
            className={screen.subtleLink}
            to={linkTo('rules', { rule: ruleId })}
          >
            {initiative.rules.find(rule => rule.ruleId === ruleId)?.title ??
              ruleId}
          </ScreenLink>
          {entity.unknown.includes(ruleId) && (
            <span className={screen.small}>
              {' '}
              {t('pages.initiative.entityState.unknown')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
