import type { Knex } from 'knex';
import { withSameMoments } from './withSameMoments';

/**
 * What may differ between a scan that was disturbed and one that was not: the
 * scans themselves, what tells caches that anything was written, and numbers
 * that count rows.
 */
const LEFT_OUT = new Set(['scans', 'report_revisions']);
const COUNTERS = new Set(['finding_events', 'slos']);

/**
 * Everything that is stored, by table, in a fixed order.
 *
 * @param options - `same`: moments that count as another one
 */
export async function contentsOf(options: {
  knex: Knex;
  same?: Record<string, string>;
}): Promise<Record<string, string[]>> {
  const { knex, same = {} } = options;
  const tables: string[] =
    knex.client.config.client === 'pg'
      ? await knex('pg_tables').where('schemaname', 'public').pluck('tablename')
      : await knex('sqlite_master').where('type', 'table').pluck('name');
  const contents: Record<string, string[]> = {};
  for (const table of tables.sort()) {
    if (/^(knex_|sqlite_)/.test(table) || LEFT_OUT.has(table)) {
      continue;
    }
    const rows: object[] = await knex(table);
    contents[table] = rows
      .map(row => {
        const { id, ...rest } = row as { id?: unknown };
        const text = JSON.stringify(COUNTERS.has(table) ? rest : row);
        return withSameMoments(text, same);
      })
      .sort();
  }
  return contents;
}

/** By table, the rows that only one of the two has; `-` expected, `+` found. */
export function differences(
  expected: Record<string, string[]>,
  found: Record<string, string[]>,
): Record<string, string[]> {
  const tables = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return Object.fromEntries(
    [...tables].flatMap(table => {
      const [before, now] = [expected, found].map(
        contents => new Set(contents[table]),
      );
      const rows = [
        ...[...before].filter(row => !now.has(row)).map(row => `- ${row}`),
        ...[...now].filter(row => !before.has(row)).map(row => `+ ${row}`),
      ];
      // Enough to see what it is.
      return rows.length > 0 ? [[table, rows.slice(0, 10)]] : [];
    }),
  );
}
