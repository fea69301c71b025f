import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { breathe } from '../../drift/scan/breathe';

/**
 * The statuses of the given components, or of all, by component and worst
 * first.
 */
export async function readStatuses(
  knex: Knex,
  entityRefs?: readonly string[],
): Promise<Map<string, SloStatus[]>> {
  const query = knex('slo_statuses')
    .select('entity_ref', 'status')
    .orderBy(['remaining_order', 'slo']);
  if (entityRefs) {
    whereIn(query, 'entity_ref', entityRefs);
  }
  const statuses = new Map<string, SloStatus[]>();
  let index = 0;
  for (const row of await query) {
    await breathe(index++);
    const group = statuses.get(row.entity_ref);
    if (group) {
      group.push(JSON.parse(row.status));
    } else {
      statuses.set(row.entity_ref, [JSON.parse(row.status)]);
    }
  }
  return statuses;
}
