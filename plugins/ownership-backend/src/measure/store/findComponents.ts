import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/**
 * Which of the refs are components of the last scan, and which components have
 * one of the names, in one statement.
 */
export async function findComponents(
  knex: Knex,
  options: { refs: readonly string[]; names: readonly string[] },
): Promise<{
  known: ReadonlySet<string>;
  byName: ReadonlyMap<string, string[]>;
}> {
  const byRef = knex('components').select('entity_ref', 'kind', 'name');
  whereIn(byRef, 'entity_ref', options.refs);
  const named = knex('components')
    .select('entity_ref', 'kind', 'name')
    .where(query => {
      const postgres = knex.client.config.client === 'pg';
      query.whereRaw(
        postgres
          ? 'lower(name) = ANY(?::text[])'
          : 'lower(name) IN (SELECT value FROM json_each(?))',
        [
          postgres ? options.names : JSON.stringify(options.names),
        ] as Knex.RawBinding[],
      );
    });
  const rows = await byRef.union([named]);
  const byName = new Map<string, string[]>();
  for (const { entity_ref: ref, kind, name } of rows) {
    if (kind.toLowerCase() === 'component') {
      const key = name.toLowerCase();
      byName.set(key, [...(byName.get(key) ?? []), ref]);
    }
  }
  return { known: new Set(rows.map(row => row.entity_ref)), byName };
}
