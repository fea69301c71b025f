import { Button } from '@backstage/ui';
import { PagedList } from '../screen/PagedList';
import { Panel } from '../screen/Panel';
import { SearchText } from '../screen/SearchText';
import { sortingOf, sortingText } from '../screen/sorting';
import { TableDownload } from '../screen/TableDownload';
import { TeamSelect } from '../screen/TeamSelect';
import { useTeams } from '../screen/TeamsProvider';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { SloStateFilter } from './SloStateFilter';
import { SloTable } from './SloTable';
import { sloFilterOf, useSlos } from './useSlos';
import screen from '../screen/Screen.module.css';

const pageSize = 50;
const sortKeys = ['remaining', 'burnRate', 'entityRef', 'lastDataAt'];

/**
 * All SLOs, worst first.
 *
 * @internal
 */
export function SlosScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const teams = useTeams();
  const sorting = sortingOf(params.get('orderBy'), sortKeys, {
    key: 'remaining',
    direction: 'asc',
  });
  const filter = sloFilterOf(params);
  const slos = useSlos({
    ...filter,
    orderBy: params.get('orderBy') ? sortingText(sorting) : undefined,
    cursor: params.get('cursor') ?? undefined,
    limit: pageSize,
  });
  const { value } = slos;
  const narrowed = Object.values(filter).some(part => part !== undefined);

  return (
    <div className={screen.screen}>
      <Panel
        title={t('pages.tabs.slos')}
        note={value && t('pages.slo.count', { count: value.totalItems })}
        actions={
          <TableDownload
            table={t('pages.tabs.slos')}
            path="/slos"
            query={filter}
          />
        }
        flush
      >
        <div className={`${screen.filters} ${screen.filterRow}`}>
          <SearchText label={t('pages.slo.search')} />
          <TeamSelect
            label={t('pages.filters.team')}
            teams={teams}
            value={filter.team}
            onChange={team => change({ team })}
          />
          <SloStateFilter
            byState={value?.summary.byState ?? {}}
            chosen={filter.state ?? []}
            onChange={state => change({ state })}
          />
        </div>
        <PagedList
          list={slos}
          pageSize={pageSize}
          columns={6}
          errorTitle={t('pages.slo.errorTitle')}
          empty={{
            title: t(narrowed ? 'pages.slo.emptyTitle' : 'pages.slo.noneTitle'),
            description: t(
              narrowed ? 'pages.slo.emptyNext' : 'pages.slo.noneNext',
            ),
            action: narrowed && (
              <Button
                variant="secondary"
                onPress={() =>
                  change({
                    team: undefined,
                    entityRef: undefined,
                    state: undefined,
                    text: undefined,
                  })
                }
              >
                {t('pages.slo.clear')}
              </Button>
            ),
          }}
        >
          {({ items, stale }) => (
            <SloTable
              slos={items}
              sorting={sorting}
              onSort={next => change({ orderBy: sortingText(next) })}
              stale={stale}
            />
          )}
        </PagedList>
      </Panel>
    </div>
  );
}
