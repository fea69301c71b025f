import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { insertRows, insertSlices } from '../../drift/store/insertRows';
import type { PrincipalRow } from './readPrincipals';

/** Writes those who are new or changed and removes those who are gone. */
export async function writePrincipals(options: {
  knex: Knex;
  changed: PrincipalRow[];
  gone: string[];
}): Promise<void> {
  const { knex, changed, gone } = options;
  for (const rows of insertSlices(knex, changed)) {
    await insertRows(knex, 'directory_principals', rows)
      .onConflict('ref')
      .merge(Object.keys(rows[0]));
  }
  if (gone.length > 0) {
    const query = knex('directory_principals');
    whereIn(query, 'ref', gone);
    await query.delete();
  }
}
