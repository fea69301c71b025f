import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { byValue } from '../screen/byValue';
import type { Sorting } from '../screen/DataTable';
import { scoreChange } from '../screen/scoreChange';
import { treeRows } from '../screen/treeRows';
import type { TreeRow } from '../screen/treeRows';

type Team = Overview['teams'][number];

/** @internal */
export type TeamRow = TreeRow<Team>;

const values: Record<string, (team: Team) => number | string | undefined> = {
  change: scoreChange,
  title: team => team.title.toLocaleLowerCase(),
  score: team => team.score,
  load: team => team.load,
  findings: team => team.openFindings,
  orphaned: team => team.orphaned,
  atRisk: team => team.atRisk,
  breached: team => team.slosBreached,
};

/**
 * The columns the teams can be sorted by.
 *
 * @internal
 */
export const teamSortKeys = Object.keys(values);

/**
 * Teams in one ranked list, or as a tree with the siblings ranked.
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
    byValue({ value: values[sorting.key], direction: sorting.direction }),
  );
  return tree
    ? treeRows({ items: ranked, closed })
    : ranked.map(item => ({ item, depth: 0, hasChildren: false }));
}
