import type { Knex } from 'knex';
import type { VisibleRefs } from './Visibility';

// Refs that may be seen are never changed in place, and many statements ask for
// the same ones: writing a hundred thousand of them out takes longer than to
// look for them.
const written = new WeakMap<ReadonlySet<string>, string>();

/**
 * Restricts a query to the refs a caller may see, as one bound parameter
 * whatever their number.
 */
export function whereVisible(
  query: Knex.QueryBuilder,
  column: string,
  visible: VisibleRefs,
): void {
  if (visible === 'all') {
    return;
  }
  if (query.client.config.client !== 'pg') {
    whereIn(query, column, [...visible]);
    return;
  }
  const text = written.get(visible) ?? arrayText(visible);
  written.set(visible, text);
  query.whereRaw('?? = ANY(?::text[])', [column, text]);
}

/** An array as PostgreSQL reads it from a text. */
function arrayText(values: Iterable<string>): string {
  const quoted = Array.from(
    values,
    value => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`,
  );
  return `{${quoted.join(',')}}`;
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
