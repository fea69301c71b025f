import type { Knex } from 'knex';
import type { AliasRow } from './AliasRow';

/** All aliases that were made in the portal. */
export async function readAliasRows(options: {
  knex: Knex;
}): Promise<AliasRow[]> {
  return options.knex<AliasRow>('directory_aliases').orderBy('from_ref');
}
