import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/**
 * Which of some components each team answers for, itself or through a group
 * below it.
 */
export async function readOwnersBelow(
  knex: Knex,
  options: { entityRefs: string[]; teams: string[] },
): Promise<Map<string, string[]>> {
  const query = knex('component_owners as o')
    .join('directory_closure as d', 'd.descendant_ref', 'o.owner_ref')
    .distinct({ team: 'd.ancestor_ref', entity_ref: 'o.entity_ref' });
  whereIn(query, 'o.entity_ref', options.entityRefs);
  whereIn(query, 'd.ancestor_ref', options.teams);
  const below = new Map<string, string[]>();
  for (const { team, entity_ref } of await query) {
    below.set(team, [...(below.get(team) ?? []), entity_ref]);
  }
  return below;
}
