import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/** Those of the refs that the last scan saw as group or user. */
export async function readExistingPrincipals(options: {
  knex: Knex;
  refs: string[];
}): Promise<Set<string>> {
  const { knex, refs } = options;
  const query = knex('directory_principals').select('ref');
  whereIn(query, 'ref', refs);
  const rows: Array<{ ref: string }> = await query;
  return new Set(rows.map(({ ref }) => ref));
}
