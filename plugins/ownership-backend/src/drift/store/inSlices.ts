/**
 * Cuts a list for statements that bind every value: SQLite takes at most 500
 * rows and PostgreSQL 65,535 parameters in one.
 */
export function inSlices<T>(items: readonly T[], size = 200): T[][] {
  const slices: T[][] = [];
  for (let at = 0; at < items.length; at += size) {
    slices.push(items.slice(at, at + size));
  }
  return slices;
}
