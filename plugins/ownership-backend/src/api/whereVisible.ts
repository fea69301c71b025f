import type { Knex } from 'knex';
import type { VisibleRefs } from './Visibility';

/**
 * Restricts a query to the refs a caller may see, as one bound parameter
 * whatever their number.
 */
export function whereVisible(
  query: Knex.QueryBuilder,
  column: string,
  visible: VisibleRefs,
): void {
  if (visible !== 'all') {
    whereIn(query, column, [...visible]);
  }
}

/**
 * `column IN (values)` with the values as one bound parameter: databases
 * limit the number of parameters, not the size of one.
 */
export function whereIn(
  query: Knex.QueryBuilder,
  column: string,
  values: readonly string[],
): void {
  const postgres = query.client.config.client === 'pg';
  query.whereRaw(
    postgres ? '?? = ANY(?::text[])' : '?? IN (SELECT value FROM json_each(?))',
    [column, postgres ? values : JSON.stringify(values)] as Knex.RawBinding[],
  );
}
