import type { Knex } from 'knex';
import { teamLoad } from '../../scorecard/teamLoad';

/**
 * Tier-weighted components per active member of each owning group, by what the
 * last scan stored, in one statement.
 */
export async function readOwnerLoads(options: {
  knex: Knex;
}): Promise<Map<string, number>> {
  const rows: Array<{
    ref: string;
    members: number;
    tier: string | null;
    components: number | string;
  }> = await options
    .knex('component_owners as o')
    .join('components as c', 'c.entity_ref', 'o.entity_ref')
    .join('directory_principals as p', 'p.ref', 'o.owner_ref')
    .where('p.kind', 'group')
    .groupBy('o.owner_ref', 'p.active_member_count', 'c.tier')
    .select({
      ref: 'o.owner_ref',
      members: 'p.active_member_count',
      tier: 'c.tier',
    })
    .count({ components: '*' });
  const byOwner = new Map<
    string,
    { activeMembers: number; byTier: Array<[string | null, number]> }
  >();
  for (const { ref, members, tier, components } of rows) {
    const owner = byOwner.get(ref) ?? { activeMembers: members, byTier: [] };
    owner.byTier.push([tier, Number(components)]);
    byOwner.set(ref, owner);
  }
  const loads = new Map<string, number>();
  for (const [ref, owner] of byOwner) {
    const load = teamLoad(owner);
    if (load !== undefined) {
      loads.set(ref, load);
    }
  }
  return loads;
}
