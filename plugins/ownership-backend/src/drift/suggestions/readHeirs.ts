import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/**
 * Where components went that were orphaned and had one of these owners before:
 * how many of each went to which owner, by what the catalog says now, or people
 * accepted.
 */
export async function readHeirs(options: {
  knex: Knex;
  /** Refs of former owners. */
  ownerRefs: readonly string[];
  /** Refs of all that are orphaned, whatever the tables still say. */
  orphaned: readonly string[];
}): Promise<Map<string, Map<string, number>>> {
  const { knex, ownerRefs, orphaned } = options;
  const heirs = new Map<string, Map<string, number>>();
  if (ownerRefs.length === 0) {
    return heirs;
  }
  const given = knex('component_owners as o')
    .join('components as c', 'c.entity_ref', 'o.entity_ref')
    .whereNot('c.state', 'orphaned')
    .whereNot(either => whereIn(either, 'c.entity_ref', orphaned))
    .select('o.entity_ref', 'o.owner_ref')
    .union(
      knex('owner_decisions')
        .where('decision', 'accepted')
        .select('entity_ref', 'owner_ref'),
    );
  const query = knex('former_owners as f')
    .join(given.as('g'), 'g.entity_ref', 'f.entity_ref')
    .whereRaw('g.owner_ref <> f.owner_ref')
    .groupBy('f.owner_ref', 'g.owner_ref')
    .orderBy('g.owner_ref')
    .select({ from_ref: 'f.owner_ref', to_ref: 'g.owner_ref' })
    .count({ count: '*' });
  whereIn(query, 'f.owner_ref', ownerRefs);
  const rows = (await query) as Array<{
    from_ref: string;
    to_ref: string;
    count: number | string;
  }>;
  for (const { from_ref, to_ref, count } of rows) {
    const to = heirs.get(from_ref) ?? new Map<string, number>();
    heirs.set(from_ref, to.set(to_ref, Number(count)));
  }
  return heirs;
}
