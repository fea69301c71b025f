import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/**
 * Owners by component, in the order of their refs; the last ones for
 * components that left the catalog.
 */
export async function readOwnerRefs(options: {
  knex: Knex;
  entityRefs: string[];
}): Promise<Map<string, string[]>> {
  const { knex, entityRefs } = options;
  const from = (table: string) => {
    const query = knex(table).select('entity_ref', 'owner_ref');
    whereIn(query, 'entity_ref', [...new Set(entityRefs)]);
    return query;
  };
  const rows: Array<{ entity_ref: string; owner_ref: string }> = await from(
    'component_owners',
  )
    .union(from('tombstone_owners'))
    .orderBy('owner_ref');

  const owners = new Map<string, string[]>();
  for (const { entity_ref, owner_ref } of rows) {
    const refs = owners.get(entity_ref) ?? [];
    refs.push(owner_ref);
    owners.set(entity_ref, refs);
  }
  return owners;
}
