import type { Knex } from 'knex';
import { insertRows, insertSlices } from '../drift/store/insertRows';

/** A row of the table `scorecard_results`. */
export interface ResultRow {
  scorecard_id: string;
  entity_ref: string;
  /** The same for all rows that are alike but for their component. */
  fingerprint: string;
}

/**
 * Inserts or updates results. Thousands of components stand alike, so
 * PostgreSQL gets what they have in common once: it is most of a row.
 */
export async function insertResults(
  knex: Knex,
  rows: readonly ResultRow[],
): Promise<void> {
  const conflict = ['scorecard_id', 'entity_ref'];
  for (const slice of insertSlices(knex, rows)) {
    const columns = Object.keys(slice[0]);
    const insert =
      knex.client.config.client === 'pg'
        ? knex('scorecard_results').insert(
            knex.raw(
              `(??) SELECT ${columns
                .map(column =>
                  column === 'entity_ref' ? 'one.??' : 'common.??',
                )
                .join(', ')}
                FROM json_to_recordset(?) AS one (entity_ref text, fingerprint text)
                JOIN json_populate_recordset(NULL::scorecard_results, ?) common
                  USING (fingerprint)`,
              [
                columns,
                ...columns,
                JSON.stringify(
                  slice.map(({ entity_ref, fingerprint }) => ({
                    entity_ref,
                    fingerprint,
                  })),
                ),
                JSON.stringify([
                  ...new Map(slice.map(row => [row.fingerprint, row])).values(),
                ]),
              ] as unknown as Knex.RawBinding[],
            ),
          )
        : insertRows(knex, 'scorecard_results', slice);
    await insert.onConflict(conflict).merge(columns);
  }
}
