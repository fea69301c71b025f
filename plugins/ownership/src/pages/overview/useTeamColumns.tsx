import { Bar } from '../screen/Bar';
import type { Column } from '../screen/DataTable';
import { linkTo } from '../screen/linkTo';
import { ScoreChange } from '../screen/ScoreChange';
import { scoreDifference } from '../screen/scoreDifference';
import { ScreenLink } from '../screen/ScreenLink';
import { TreeName } from '../screen/TreeName';
import { useShare } from '../screen/useShare';
import { wholePercent } from '../screen/wholePercent';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import type { TeamRow } from './teamRows';
import screen from '../screen/Screen.module.css';

type Team = TeamRow['item'];

/**
 * What is said of a team, column by column.
 *
 * @internal
 */
export function useTeamColumns(options: {
  rows: TeamRow[];
  closed: ReadonlySet<string>;
  twist(ref: string): void;
}): Column<TeamRow>[] {
  const { t } = usePagesTranslation();
  const number = useCount();
  const share = useShare();
  const { rows, closed, twist } = options;
  const most = (value: (team: Team) => number | undefined) =>
    Math.max(...rows.map(row => value(row.item) ?? 0), 0);
  const heaviest = most(team => team.load);
  const mostFindings = most(team => team.openFindings);
  const count = (
    id: 'orphaned' | 'atRisk' | 'breached',
    value: (team: Team) => number,
    href: (team: Team) => string,
  ): Column<TeamRow> => ({
    id,
    header: t(`pages.overview.teams.${id}`),
    align: 'end',
    sortKey: id,
    firstDirection: 'desc',
    wideOnly: true,
    cell: ({ item: team }) =>
      value(team) === 0 ? (
        <span className={screen.muted}>0</span>
      ) : (
        <ScreenLink to={href(team)}>{number(value(team))}</ScreenLink>
      ),
  });

  return [
    {
      id: 'team',
      header: t('pages.overview.teams.team'),
      sortKey: 'title',
      cell: ({ item: team, depth, hasChildren }) => (
        <TreeName
          title={team.title}
          depth={depth}
          hasChildren={hasChildren}
          closed={closed.has(team.ref)}
          onTwist={() => twist(team.ref)}
        >
          <ScreenLink
            className={screen.strongLink}
            to={linkTo('', { team: team.ref })}
          >
            {team.title}
          </ScreenLink>
          <span className={screen.small}>
            {t('pages.overview.teams.components', { count: team.components })}
          </span>
        </TreeName>
      ),
    },
    {
      id: 'score',
      header: t('pages.overview.teams.score'),
      align: 'end',
      sortKey: 'score',
      cell: ({ item: team }) => (
        <div>
          {team.score === undefined ? (
            <span className={screen.muted}>
              {t('pages.overview.teams.noLevel')}
            </span>
          ) : (
            <Bar share={team.score}>{Math.round(team.score * 100)} %</Bar>
          )}
          {team.level && <div className={screen.small}>{team.level}</div>}
        </div>
      ),
    },
    {
      id: 'change',
      header: t('pages.overview.teams.change'),
      align: 'end',
      sortKey: 'change',
      cell: ({ item: team }) => <ScoreChange points={scoreDifference(team)} />,
    },
    {
      id: 'load',
      header: t('pages.overview.teams.load'),
      align: 'end',
      sortKey: 'load',
      firstDirection: 'desc',
      wideOnly: true,
      cell: ({ item: team }) =>
        team.load === undefined ? (
          <span className={screen.muted}>–</span>
        ) : (
          <div>
            <Bar
              share={heaviest > 0 ? team.load / heaviest : 0}
              tone={team.overloaded ? 'warning' : undefined}
            >
              {team.load.toFixed(1)}
            </Bar>
            <div className={screen.small}>
              {team.overloaded
                ? t('pages.overview.teams.overloaded')
                : t('pages.overview.teams.members', { count: team.members })}
            </div>
          </div>
        ),
    },
    {
      id: 'findings',
      header: t('pages.overview.teams.findings'),
      align: 'end',
      sortKey: 'findings',
      firstDirection: 'desc',
      cell: ({ item: team }) => (
        <Bar share={mostFindings > 0 ? team.openFindings / mostFindings : 0}>
          {team.openFindings === 0 ? (
            <span className={screen.muted}>0</span>
          ) : (
            <ScreenLink to={linkTo('drift', { team: team.ref })}>
              {number(team.openFindings)}
            </ScreenLink>
          )}
        </Bar>
      ),
    },
    count(
      'orphaned',
      team => team.orphaned,
      team => linkTo('components', { state: 'orphaned', team: team.ref }),
    ),
    count(
      'atRisk',
      team => team.atRisk,
      team => linkTo('components', { state: 'at-risk', team: team.ref }),
    ),
    {
      id: 'budgetLeft',
      header: t('pages.overview.teams.budgetLeft'),
      align: 'end',
      sortKey: 'budgetLeft',
      wideOnly: true,
      cell: ({ item: team }) =>
        team.budgetLeft === undefined ? (
          <span className={screen.muted}>–</span>
        ) : (
          <ScreenLink to={linkTo('slos', { team: team.ref })}>
            {share(wholePercent(team.budgetLeft))}
          </ScreenLink>
        ),
    },
    count(
      'breached',
      team => team.slosBreached,
      team => linkTo('slos', { state: 'breached', team: team.ref }),
    ),
  ];
}
