import { useApi } from '@backstage/core-plugin-api';
import { Button } from '@backstage/ui';
import {
  EntityName,
  ownershipApiRef,
  StateLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  EntitySummary,
  OwnershipState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { ownershipStates } from '../drift/findingFilter';
import { DataTable } from '../screen/DataTable';
import { FilterSelect } from '../screen/FilterSelect';
import { linkTo } from '../screen/linkTo';
import { OwnerName } from '../screen/OwnerName';
import { PagedList } from '../screen/PagedList';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { SearchText } from '../screen/SearchText';
import { TableDownload } from '../screen/TableDownload';
import { TeamSelect } from '../screen/TeamSelect';
import { useLoaded } from '../screen/useLoaded';
import { useShare } from '../screen/useShare';
import { useTeams } from '../screen/TeamsProvider';
import { useUrlQuery } from '../screen/useUrlQuery';
import { wholePercent } from '../screen/wholePercent';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import { AttestBar } from './AttestBar';
import screen from '../screen/Screen.module.css';

const pageSize = 25;
const none: ReadonlySet<string> = new Set();
const day = 86_400_000;

/**
 * The components behind a figure: who answers for each and how it stands.
 *
 * @internal
 */
export function ComponentsScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const teams = useTeams();
  const filter = filterOf(params);
  const components = useComponents({
    ...filter,
    cursor: params.get('cursor') ?? undefined,
  });
  const { reviewDays } = filter;
  // What was selected on one page is not what the eye sees on the next.
  const place = params.toString();
  const [selection, setSelection] = useState({ place, refs: none });
  const selected = selection.place === place ? selection.refs : none;
  const select = (refs: ReadonlySet<string>) => setSelection({ place, refs });
  const within = filter.system ?? filter.domain;

  return (
    <div className={screen.screen}>
      <Panel
        title={t('pages.overview.components.title')}
        note={
          [
            reviewDays &&
              t('pages.overview.components.reviewDue', { days: reviewDays }),
            within && t('pages.overview.components.within', { within }),
          ]
            .filter(Boolean)
            .join(' ') || undefined
        }
        actions={
          <>
            <ScreenLink to="">{t('pages.overview.components.back')}</ScreenLink>
            <TableDownload
              table={t('pages.overview.components.title')}
              path="/entities"
              query={toQuery(filter)}
            />
          </>
        }
        flush
      >
        <div className={`${screen.filters} ${screen.filterRow}`}>
          <SearchText label={t('pages.overview.components.search')} />
          <TeamSelect
            label={t('pages.filters.team')}
            teams={teams}
            value={params.get('team') ?? undefined}
            onChange={team => change({ team })}
          />
          <FilterSelect
            label={t('pages.overview.components.state')}
            options={ownershipStates.map(id => ({
              id,
              label: t(`pages.state.${id}`),
            }))}
            value={params.getAll('state')}
            onChange={state => change({ state })}
          />
        </div>
        {reviewDays && (
          <AttestBar
            selected={selected}
            onDone={failed => {
              select(failed);
              components.retry();
            }}
          />
        )}
        <PagedList
          list={components}
          pageSize={pageSize}
          columns={5}
          errorTitle={t('pages.overview.components.errorTitle')}
          empty={{
            title: t('pages.overview.components.emptyTitle'),
            description: t('pages.overview.components.emptyNext'),
            action: (
              <Button
                variant="secondary"
                onPress={() =>
                  change({
                    state: undefined,
                    team: undefined,
                    system: undefined,
                    domain: undefined,
                    text: undefined,
                    reviewDays: undefined,
                  })
                }
              >
                {t('pages.overview.components.clear')}
              </Button>
            ),
          }}
        >
          {page => (
            <ComponentTable
              {...page}
              selected={reviewDays ? selected : undefined}
              onSelect={select}
            />
          )}
        </PagedList>
      </Panel>
    </div>
  );
}

interface ComponentFilter {
  team?: string;
  system?: string;
  domain?: string;
  text?: string;
  state?: OwnershipState[];
  reviewDays?: number;
}

function filterOf(params: URLSearchParams): ComponentFilter {
  const state = ownershipStates.filter(known =>
    params.getAll('state').includes(known),
  );
  return {
    team: params.get('team') ?? undefined,
    system: params.get('system') ?? undefined,
    domain: params.get('domain') ?? undefined,
    text: params.get('text') ?? undefined,
    state: state.length > 0 ? state : undefined,
    reviewDays: Number(params.get('reviewDays')) || undefined,
  };
}

function toQuery({ reviewDays = 0, ...filter }: ComponentFilter) {
  return {
    ...filter,
    ...(reviewDays > 0 && {
      reviewDueBefore: new Date(Date.now() + reviewDays * day).toISOString(),
    }),
  };
}

function useComponents(asked: ComponentFilter & { cursor?: string }) {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: JSON.stringify(asked),
    load: () => api.listEntities({ ...toQuery(asked), limit: pageSize }),
  });
}

function ComponentTable(props: {
  items: EntitySummary[];
  stale: boolean;
  /** Absent where there is nothing to do with them. */
  selected?: ReadonlySet<string>;
  onSelect(selected: Set<string>): void;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const share = useShare();
  return (
    <DataTable
      caption={t('pages.overview.components.caption')}
      rows={props.items}
      rowKey={item => item.entityRef}
      rowName={item => item.title ?? item.entityRef}
      stale={props.stale}
      selected={props.selected}
      onSelect={props.onSelect}
      selectAllLabel={t('pages.overview.components.selectAll')}
      selectLabel={item =>
        t('pages.overview.components.select', {
          name: item.title ?? item.entityRef,
        })
      }
      columns={[
        {
          id: 'component',
          header: t('pages.overview.components.component'),
          cell: item => (
            <div className={screen.stack}>
              <EntityName entityRef={item.entityRef} title={item.title} />
              <span className={`${screen.small} ${screen.narrowOnly}`}>
                <OwnerName refs={item.ownerRefs} />
              </span>
            </div>
          ),
        },
        {
          id: 'state',
          header: t('pages.overview.components.state'),
          cell: item => <StateLabel state={item.state} />,
        },
        {
          id: 'owner',
          header: t('pages.overview.components.owner'),
          wideOnly: true,
          cell: item => <OwnerName refs={item.ownerRefs} />,
        },
        {
          id: 'tier',
          header: t('pages.overview.components.tier'),
          wideOnly: true,
          cell: item => item.tier ?? '–',
        },
        {
          id: 'level',
          header: t('pages.overview.components.level'),
          wideOnly: true,
          cell: item => item.level ?? '–',
        },
        {
          id: 'slo',
          header: t('pages.overview.components.slo'),
          align: 'end',
          wideOnly: true,
          cell: item =>
            item.worstSlo?.remaining === undefined
              ? '–'
              : t('pages.overview.components.left', {
                  share: share(wholePercent(item.worstSlo.remaining)),
                }),
        },
        {
          id: 'findings',
          header: t('pages.overview.components.findings'),
          align: 'end',
          cell: item => (
            <ScreenLink to={linkTo('drift', { entityRef: item.entityRef })}>
              {number(item.openFindings)}
            </ScreenLink>
          ),
        },
      ]}
    />
  );
}
