import type { Knex } from 'knex';

/** An owner of components that the last complete reading of the directory still found. */
export interface LivingOwner {
  ref: string;
  /** Of a group: whether anybody in its whole sub-tree was active. */
  hadMembers: boolean;
}

/** The owners of components that were there when the directory was last read. */
export async function readLivingOwners(options: {
  knex: Knex;
}): Promise<LivingOwner[]> {
  const rows: Array<{ ref: string; members: number }> = await options
    .knex('component_owners as o')
    .join('directory_principals as p', 'p.ref', 'o.owner_ref')
    .distinct('p.ref', 'p.active_member_count as members');
  return rows.map(({ ref, members }) => ({ ref, hadMembers: members > 0 }));
}
