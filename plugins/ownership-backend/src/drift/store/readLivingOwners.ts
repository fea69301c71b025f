import type { Knex } from 'knex';

/**
 * Refs of the owners of components that the last complete reading of the
 * directory still found.
 */
export async function readLivingOwners(options: {
  knex: Knex;
}): Promise<string[]> {
  const rows: Array<{ owner_ref: string }> = await options
    .knex('component_owners as o')
    .join('directory_principals as p', 'p.ref', 'o.owner_ref')
    .distinct('o.owner_ref');
  return rows.map(row => row.owner_ref);
}
