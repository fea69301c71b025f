import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { FindingRow } from './FindingRow';

/** All findings of the given components, closed ones included, by component. */
export async function readStoredFindings(options: {
  knex: Knex;
  entityRefs: string[];
}): Promise<Map<string, FindingRow[]>> {
  const { knex, entityRefs } = options;
  const query = knex<FindingRow>('findings').select('*');
  whereIn(query, 'entity_ref', entityRefs);
  const byEntity = new Map<string, FindingRow[]>();
  for (const row of (await query) as FindingRow[]) {
    const rows = byEntity.get(row.entity_ref) ?? [];
    rows.push(row);
    byEntity.set(row.entity_ref, rows);
  }
  return byEntity;
}
