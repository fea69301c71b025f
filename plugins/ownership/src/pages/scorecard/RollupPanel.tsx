import { Select } from '@backstage/ui';
import { ErrorState } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  Scorecard,
  ScorecardRollup,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useMemo, useState } from 'react';
import { Bar } from '../screen/Bar';
import { DataTable, DataTableSkeleton } from '../screen/DataTable';
import { linkTo } from '../screen/linkTo';
import type { Column } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { ScoreChange } from '../screen/ScoreChange';
import { scoreDifference } from '../screen/scoreDifference';
import { ScreenLink } from '../screen/ScreenLink';
import { sortingOf, sortingText } from '../screen/sorting';
import { TableDownload } from '../screen/TableDownload';
import { TreeName } from '../screen/TreeName';
import { useClosed } from '../screen/useClosed';
import type { Loaded } from '../screen/useLoaded';
import { useUrlQuery } from '../screen/useUrlQuery';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import { ladderOf } from './ladder';
import { LevelBar } from './LevelBar';
import { rollupRows, rollupSortKeys } from './rollupRows';
import type { RollupRow } from './rollupRows';
import { rollupBys } from './useScorecards';
import type { RollupBy } from './useScorecards';
import screen from '../screen/Screen.module.css';

/** Rows that are drawn before somebody asks for all: a browser is slow with thousands. */
const shownAtFirst = 100;

/**
 * Teams, domains or systems with their entities by level.
 *
 * @internal
 */
export function RollupPanel(props: {
  scorecard: Scorecard;
  rollup: Loaded<ScorecardRollup>;
  groupBy: RollupBy;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const { params, open } = useUrlQuery();
  const { scorecard, rollup, groupBy } = props;
  const { closed, twist } = useClosed();
  const { key, direction } = sortingOf(params.get('sort'), rollupSortKeys, {
    key: 'score',
    direction: 'asc',
  });
  const rows = useMemo(
    () =>
      rollupRows({
        items: rollup.value?.items ?? [],
        sorting: { key, direction },
        closed,
      }),
    [rollup.value, key, direction, closed],
  );
  const [all, setAll] = useState(false);
  const cut = rows.length > shownAtFirst;
  // While every team is new there is no change to show.
  const moved = rows.some(row => row.item.previousScore !== undefined);
  const hidden = Math.max(
    0,
    ...(rollup.value?.items ?? []).map(item => item.hidden),
  );
  const steps = ladderOf(scorecard, {
    none: t('pages.scorecard.none'),
    unknown: t('pages.scorecard.unknown'),
  });
  return (
    <Panel
      title={t('pages.scorecard.teams.title')}
      note={
        hidden > 0
          ? t('pages.scorecard.teams.hiddenNote', { count: hidden })
          : t('pages.scorecard.teams.note')
      }
      flush
      actions={
        <>
          <Select
            className={screen.filterSelect}
            aria-label={t('pages.scorecard.groupBy')}
            value={groupBy}
            onChange={by =>
              open({ groupBy: by === 'team' ? undefined : String(by) })
            }
            options={rollupBys.map(by => ({
              id: by,
              label: t(`pages.scorecard.by.${by}`),
            }))}
          />
          <TableDownload
            table={t('pages.scorecard.teams.title')}
            path={`/scorecards/${encodeURIComponent(scorecard.id)}/rollup`}
            query={{ groupBy }}
          />
        </>
      }
    >
      {rollup.error && (
        <ErrorState
          title={t('pages.scorecard.rollupError')}
          error={rollup.error}
          retry={rollup.retry}
        />
      )}
      {!rollup.value && !rollup.error && <DataTableSkeleton columns={5} />}
      {rollup.value && (
        <DataTable<RollupRow>
          caption={t('pages.scorecard.teams.caption')}
          rows={cut && !all ? rows.slice(0, shownAtFirst) : rows}
          rowKey={row => row.item.ref}
          rowName={row => row.item.title}
          sorting={{ key, direction }}
          onSort={next => open({ sort: sortingText(next) })}
          stale={rollup.loading}
          columns={[
            {
              id: 'name',
              header: t(`pages.scorecard.by.${groupBy}`),
              sortKey: 'title',
              cell: row => (
                <TreeName
                  title={row.item.title}
                  depth={row.depth}
                  hasChildren={row.hasChildren}
                  closed={closed.has(row.item.ref)}
                  onTwist={() => twist(row.item.ref)}
                >
                  <ScreenLink
                    className={
                      row.item.title === row.item.ref
                        ? `${screen.strongLink} ${screen.ref}`
                        : screen.strongLink
                    }
                    to={linkTo('scorecards', {
                      scorecard: scorecard.id,
                      groupBy: groupBy === 'team' ? undefined : groupBy,
                      group: row.item.ref,
                    })}
                  >
                    {row.item.title}
                  </ScreenLink>
                </TreeName>
              ),
            },
            {
              id: 'levels',
              header: t('pages.scorecard.teams.levels'),
              width: '40%',
              cell: row => (
                <LevelBar
                  name={row.item.title}
                  steps={steps}
                  byLevel={row.item.byLevel}
                />
              ),
            },
            {
              id: 'entities',
              header: t('pages.scorecard.teams.entities'),
              align: 'end',
              sortKey: 'entities',
              firstDirection: 'desc',
              wideOnly: true,
              cell: row => number(row.item.entities),
            },
            {
              id: 'score',
              header: t('pages.scorecard.teams.score'),
              align: 'end',
              sortKey: 'score',
              cell: row => (
                <div>
                  {row.item.score === undefined ? (
                    <span className={screen.muted}>
                      {t('pages.scorecard.unknown')}
                    </span>
                  ) : (
                    <Bar share={row.item.score}>{percent(row.item.score)}</Bar>
                  )}
                  {row.item.coverage < 1 && (
                    <div
                      className={screen.small}
                      title={t('pages.scorecard.teams.coverageNote', {
                        share: percent(row.item.coverage),
                      })}
                    >
                      {percent(row.item.coverage)}{' '}
                      {t('pages.scorecard.teams.known')}
                    </div>
                  )}
                </div>
              ),
            },
            ...(moved
              ? [
                  {
                    id: 'change',
                    header: t('pages.scorecard.teams.change'),
                    align: 'end',
                    sortKey: 'change',
                    wideOnly: true,
                    cell: (row: RollupRow) => (
                      <ScoreChange points={scoreDifference(row.item)} />
                    ),
                  } satisfies Column<RollupRow>,
                ]
              : []),
          ]}
        />
      )}
      {rollup.value && cut && (
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
    </Panel>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
