import type { Knex } from 'knex';
import { inSlices } from './inSlices';

/**
 * An insert of rows that all have the same columns, to be completed with
 * `onConflict`; `merge` has to be told the columns.
 *
 * PostgreSQL gets them as one parameter: reading thousands of them took longer
 * than writing the rows.
 */
export function insertRows<T extends object>(
  knex: Knex,
  table: string,
  rows: readonly T[],
): Knex.QueryBuilder {
  if (knex.client.config.client !== 'pg') {
    return knex(table).insert(rows);
  }
  const columns = Object.keys(rows[0]);
  return knex(table).insert(
    knex.raw('(??) SELECT ?? FROM json_populate_recordset(NULL::??, ?)', [
      columns,
      columns,
      table,
      JSON.stringify(rows),
    ] as unknown as Knex.RawBinding[]),
  );
}

/** Cuts rows into as many as one insert takes. */
export function insertSlices<T>(knex: Knex, rows: readonly T[]): T[][] {
  return inSlices(rows, knex.client.config.client === 'pg' ? 1000 : 200);
}
