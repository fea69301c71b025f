import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { byValue } from '../screen/byValue';
import type { Sorting } from '../screen/DataTable';
import { scoreDifference } from '../screen/scoreDifference';
import { treeRows } from '../screen/treeRows';
import type { TreeRow } from '../screen/treeRows';

type Team = Overview['teams'][number];

/** @internal */
export type TeamRow = TreeRow<Team>;

const values: Record<string, (team: Team) => number | string | undefined> = {
  change: scoreDifference,
  title: team => team.title.toLocaleLowerCase(),
  score: team => team.score,
  load: team => team.load,
  findings: team => team.openFindings,
  orphaned: team => team.orphaned,
  atRisk: team => team.atRisk,
  budgetLeft: team => team.budgetLeft,
  breached: team => team.slosBreached,
};

/**
 * The columns the teams can be sorted by.
 *
 * @internal
 */
export const teamSortKeys = Object.keys(values);

/**
 * Teams in one ranked list, or as a tree with the siblings ranked. Any other
 * order than by a column is by what wants attention most.
 *
 * @internal
 */
export function teamRows(options: {
  teams: readonly Team[];
  sorting: Sorting;
  tree: boolean;
  closed: ReadonlySet<string>;
}): TeamRow[] {
  const { sorting, tree, closed } = options;
  const ranked = [...options.teams].sort(
    sorting.key in values
      ? byValue({ value: values[sorting.key], direction: sorting.direction })
      : byAttention,
  );
  return tree
    ? treeRows({ items: ranked, closed })
    : ranked.map(item => ({ item, depth: 0, hasChildren: false }));
}

/**
 * The team that wants attention most first: by orphaned and at-risk components,
 * breached SLOs, then open findings. Of those without any the larger ones.
 */
function byAttention(a: Team, b: Team): number {
  return (
    b.orphaned - a.orphaned ||
    b.atRisk - a.atRisk ||
    b.slosBreached - a.slosBreached ||
    b.openFindings - a.openFindings ||
    b.components - a.components ||
    a.title.localeCompare(b.title)
  );
}
