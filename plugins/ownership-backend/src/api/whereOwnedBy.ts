import type { Knex } from 'knex';
import { columnText } from '../drift/store/columnText';

/** Stands for the components that no group of the catalog answers for. */
const NONE = 'none';

/** A ref as a caller wrote it, in the form the tables keep. */
export function refText(ref: string): string {
  return columnText(ref, 300).toLocaleLowerCase('en-US');
}

/**
 * Restricts a query to the components a team answers for: the group itself
 * and every group below it. An owner that does not resolve stands for itself;
 * `none` stands for the components that no existing group owns.
 */
export function whereOwnedBy(
  query: Knex.QueryBuilder,
  column: string,
  team: string,
): void {
  const ref = refText(team);
  if (ref === NONE) {
    query.whereRaw(
      `?? NOT IN (
        SELECT o.entity_ref FROM component_owners o
          JOIN directory_closure c ON c.descendant_ref = o.owner_ref
      )`,
      [column],
    );
    return;
  }
  query.whereRaw(
    `?? IN (
      SELECT entity_ref FROM component_owners WHERE owner_ref IN (
        SELECT descendant_ref FROM directory_closure WHERE ancestor_ref = ?
        UNION ALL SELECT ?
      )
    )`,
    [column, ref, ref],
  );
}
