/**
 * A group at the depth it is shown.
 *
 * @internal
 */
export interface TreeRow<T> {
  item: T;
  /** 0 at the top. */
  depth: number;
  hasChildren: boolean;
}

/**
 * Groups under their parents, siblings in the order of `items`. A group whose
 * parent is not among them stands at the top. Safe against cycles: a cycle is
 * cut at its first group.
 *
 * @internal
 */
export function treeRows<T extends { ref: string; parent?: string }>(options: {
  items: readonly T[];
  /** Refs of the groups whose children are not shown. */
  closed: ReadonlySet<string>;
}): TreeRow<T>[] {
  const { items, closed } = options;
  const byRef = new Map(items.map(item => [item.ref, item]));
  const parentOf = (item: T) =>
    item.parent === undefined ? undefined : byRef.get(item.parent);
  const children = new Map<string | undefined, T[]>();
  items.forEach(item => {
    const parent = leadsToTop(item, parentOf) ? parentOf(item) : undefined;
    children.set(parent?.ref, [...(children.get(parent?.ref) ?? []), item]);
  });
  const rows: TreeRow<T>[] = [];
  const add = (item: T, depth: number) => {
    const below = children.get(item.ref) ?? [];
    rows.push({ item, depth, hasChildren: below.length > 0 });
    if (!closed.has(item.ref)) {
      below.forEach(child => add(child, depth + 1));
    }
  };
  children.get(undefined)?.forEach(item => add(item, 0));
  return rows;
}

function leadsToTop<T>(item: T, parentOf: (item: T) => T | undefined): boolean {
  const seen = new Set<T>();
  for (let at: T | undefined = item; at; at = parentOf(at)) {
    if (seen.has(at)) {
      return false;
    }
    seen.add(at);
  }
  return true;
}
