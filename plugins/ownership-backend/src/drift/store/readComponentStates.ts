import type { OwnershipState } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/** The ownership states of components as the last scan stored them; others are not in the answer. */
export async function readComponentStates(options: {
  knex: Knex;
  entityRefs: string[];
}): Promise<Map<string, OwnershipState>> {
  const { knex, entityRefs } = options;
  if (entityRefs.length === 0) {
    return new Map();
  }
  const query = knex('components').select('entity_ref', 'state');
  whereIn(query, 'entity_ref', entityRefs);
  const rows: Array<{ entity_ref: string; state: OwnershipState }> =
    await query;
  return new Map(rows.map(row => [row.entity_ref, row.state]));
}
