import type { Knex } from 'knex';
import { whereIn } from './whereVisible';

/**
 * The owner refs of components, in the order of the refs.
 */
export async function readOwnerRefs(
  knex: Knex,
  entityRefs: string[],
): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  if (entityRefs.length === 0) {
    return owners;
  }
  const query = knex('component_owners')
    .select('entity_ref', 'owner_ref')
    .orderBy('owner_ref');
  whereIn(query, 'entity_ref', entityRefs);
  for (const row of await query) {
    const refs = owners.get(row.entity_ref);
    if (refs) {
      refs.push(row.owner_ref);
    } else {
      owners.set(row.entity_ref, [row.owner_ref]);
    }
  }
  return owners;
}
