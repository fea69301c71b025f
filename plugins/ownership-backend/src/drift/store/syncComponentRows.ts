import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { inSlices } from './inSlices';
import { insertRows } from './insertRows';

/**
 * Makes a table with at most one row a component say what a scan noted: writes
 * what is new or different, and removes what is neither noted nor kept.
 */
export async function syncComponentRows<
  Row extends { entity_ref: string },
>(options: {
  knex: Knex;
  table: string;
  /** All of a row but `entity_ref`. Columns beside them stay as they are. */
  columns: ReadonlyArray<keyof Row & string>;
  /** Each component once. */
  rows: Iterable<Row>;
  /** Components of which the row stands. */
  kept: ReadonlySet<string>;
  /** Columns to set in the rows that are written, whatever they were. */
  whenWritten?: Record<string, unknown>;
}): Promise<void> {
  const { knex, table, columns, kept, whenWritten } = options;
  const rows = [...options.rows];
  const noted = new Set(rows.map(row => row.entity_ref));
  const found = await knex(table).select('entity_ref', ...columns);
  const stored = new Map<string, Row>(found.map(row => [row.entity_ref, row]));

  const gone = [...stored.keys()].filter(
    ref => !kept.has(ref) && !noted.has(ref),
  );
  if (gone.length > 0) {
    const query = knex(table);
    whereIn(query, 'entity_ref', gone);
    await query.delete();
  }
  const changed = rows.filter(row => {
    const before = stored.get(row.entity_ref);
    return !before || columns.some(column => before[column] !== row[column]);
  });
  for (const slice of inSlices(changed)) {
    await insertRows(
      knex,
      table,
      slice.map(row => ({ ...row, ...whenWritten })),
    )
      .onConflict('entity_ref')
      .merge([...columns, ...Object.keys(whenWritten ?? {})]);
  }
}
