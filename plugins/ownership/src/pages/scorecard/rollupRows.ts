import type { ScorecardRollup } from '@service-ownership/backstage-plugin-ownership-common';
import { byValue } from '../screen/byValue';
import type { Sorting } from '../screen/DataTable';
import { scoreDifference } from '../screen/scoreDifference';
import { treeRows } from '../screen/treeRows';
import type { TreeRow } from '../screen/treeRows';

type Item = ScorecardRollup['items'][number];

/** @internal */
export type RollupRow = TreeRow<Item>;

const values: Record<string, (item: Item) => number | string | undefined> = {
  title: item => item.title.toLocaleLowerCase(),
  entities: item => item.entities,
  score: item => item.score,
  change: scoreDifference,
};

/** @internal */
export const rollupSortKeys = Object.keys(values);

/**
 * Groups as a tree, siblings ranked.
 *
 * @internal
 */
export function rollupRows(options: {
  items: readonly Item[];
  sorting: Sorting;
  closed: ReadonlySet<string>;
}): RollupRow[] {
  const { items, sorting, closed } = options;
  const ranked = [...items].sort(
    byValue({ value: values[sorting.key], direction: sorting.direction }),
  );
  return treeRows({ items: ranked, closed });
}
