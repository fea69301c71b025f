import type { SloRollup } from '@service-ownership/backstage-plugin-ownership-common';
import { byValue } from '../screen/byValue';
import type { Sorting } from '../screen/DataTable';
import { treeRows } from '../screen/treeRows';
import type { TreeRow } from '../screen/treeRows';

type Item = SloRollup['items'][number];

/** @internal */
export type SloRollupRow = TreeRow<Item>;

const values: Record<string, (item: Item) => number | string | undefined> = {
  title: item => item.title.toLocaleLowerCase(),
  slos: item => item.slos,
  mean: item => item.meanRemaining,
  worst: item => item.worstRemaining,
  breached: item => item.byState.breached ?? 0,
  firing: item => item.firing.page * 1e6 + item.firing.ticket,
};

/** @internal */
export const sloRollupSortKeys = Object.keys(values);

/**
 * Teams as a tree, siblings ranked; systems and domains as a list.
 *
 * @internal
 */
export function sloRollupRows(options: {
  items: readonly Item[];
  sorting: Sorting;
  closed: ReadonlySet<string>;
}): SloRollupRow[] {
  const { items, sorting, closed } = options;
  const ranked = [...items].sort(
    byValue({ value: values[sorting.key], direction: sorting.direction }),
  );
  return treeRows({ items: ranked, closed });
}
