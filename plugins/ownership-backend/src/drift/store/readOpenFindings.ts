import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { FindingRow } from './FindingRow';

/**
 * What stands against the given components, by component: the sorted ids of
 * their findings that are not closed. `handled` are those that have one which
 * somebody acknowledged, snoozed or waived.
 */
export async function readOpenFindings(options: {
  knex: Knex;
  entityRefs: string[];
}): Promise<{ ids: Map<string, string[]>; handled: Set<string> }> {
  const { knex, entityRefs } = options;
  const query = knex<FindingRow>('findings')
    .select('entity_ref', 'id', 'state')
    .whereNot('state', 'closed');
  whereIn(query, 'entity_ref', entityRefs);
  const ids = new Map<string, string[]>();
  const handled = new Set<string>();
  for (const row of (await query) as FindingRow[]) {
    ids.set(row.entity_ref, [...(ids.get(row.entity_ref) ?? []), row.id]);
    if (row.state !== 'open') {
      handled.add(row.entity_ref);
    }
  }
  ids.forEach(list => list.sort());
  return { ids, handled };
}
