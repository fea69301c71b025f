import { Select } from '@backstage/ui';
import { EmptyState } from '@service-ownership/backstage-plugin-ownership-react';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { useMemo, useState } from 'react';
import { DataTable } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { TableDownload } from '../screen/TableDownload';
import { useClosed } from '../screen/useClosed';
import { sortingOf, sortingText } from '../screen/sorting';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { teamRows, teamSortKeys } from './teamRows';
import { useTeamColumns } from './useTeamColumns';
import screen from '../screen/Screen.module.css';

const shownAtFirst = 12;

/**
 * Teams side by side, the worst movers first; while nobody moved yet those
 * that want attention most.
 *
 * @internal
 */
export function TeamsPanel(props: { overview: Overview }) {
  const { t } = usePagesTranslation();
  const { teams } = props.overview;
  const { params, open } = useUrlQuery();
  const { closed, twist } = useClosed();
  const tree = params.get('view') === 'tree';
  const moved = teams.some(team => team.previousScore !== undefined);
  const { key, direction } = sortingOf(params.get('sort'), teamSortKeys, {
    key: moved ? 'change' : 'attention',
    direction: 'asc',
  });
  const rows = useMemo(
    () => teamRows({ teams, sorting: { key, direction }, tree, closed }),
    [teams, key, direction, tree, closed],
  );
  const columns = useTeamColumns({ rows, closed, twist }).filter(
    // While every team is new there is no change to show.
    column => moved || column.id !== 'change',
  );
  const [all, setAll] = useState(false);
  const cut = !tree && rows.length > shownAtFirst;
  const note = () => {
    if (tree) {
      return t('pages.overview.teams.noteTree');
    }
    switch (key) {
      case 'change':
        return t('pages.overview.teams.note');
      case 'attention':
        return t('pages.overview.teams.noteToday');
      default:
        return undefined;
    }
  };

  return (
    <Panel
      title={t('pages.overview.teams.title')}
      note={note()}
      flush={teams.length > 0}
      actions={
        <>
          <Select
            className={screen.filterSelect}
            aria-label={t('pages.overview.teams.view')}
            value={tree ? 'tree' : 'flat'}
            onChange={view =>
              open({ view: view === 'tree' ? 'tree' : undefined })
            }
            options={[
              { id: 'flat', label: t('pages.overview.teams.flat') },
              { id: 'tree', label: t('pages.overview.teams.tree') },
            ]}
          />
          <TableDownload
            table={t('pages.overview.teams.title')}
            path="/overview/teams"
            query={{
              team: params.get('team') ?? undefined,
              days: params.get('days') ?? undefined,
            }}
          />
        </>
      }
    >
      {teams.length === 0 ? (
        <EmptyState
          title={t('pages.overview.teams.emptyTitle')}
          description={t('pages.overview.teams.emptyNext')}
        />
      ) : (
        <>
          <DataTable
            caption={t('pages.overview.teams.caption')}
            columns={columns}
            rows={cut && !all ? rows.slice(0, shownAtFirst) : rows}
            rowKey={row => row.item.ref}
            rowName={row => row.item.title}
            sorting={{ key, direction }}
            onSort={next => open({ sort: sortingText(next) })}
          />
          {cut && (
            <div className={screen.pager}>
              <button
                type="button"
                className={screen.chip}
                aria-expanded={all}
                onClick={() => setAll(!all)}
              >
                {all
                  ? t('pages.overview.teams.fewer')
                  : t('pages.overview.teams.all', { count: rows.length })}
              </button>
            </div>
          )}
        </>
      )}
    </Panel>
  );
}
