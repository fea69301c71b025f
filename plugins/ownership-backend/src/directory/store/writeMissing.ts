import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';
import { whereIn } from '../../api/whereVisible';
import type { FormerPrincipal } from '../formerPrincipals';

/**
 * Notes refs that went missing and forgets those that are back or that nobody
 * names any more. A ref that is noted already keeps its moment.
 */
export async function writeMissing(options: {
  knex: Knex;
  missing: Array<{ ref: string } & FormerPrincipal>;
  back: string[];
  /** ISO 8601. */
  since: string;
}): Promise<void> {
  const { knex, missing, back, since } = options;
  for (const slice of inSlices(missing)) {
    await knex('directory_missing')
      .insert(
        slice.map(({ ref, parentRef, members }) => ({
          ref,
          since,
          parent_ref: parentRef ?? null,
          members: members ? JSON.stringify(members) : null,
        })),
      )
      .onConflict('ref')
      .ignore();
  }
  if (back.length > 0) {
    const query = knex('directory_missing');
    whereIn(query, 'ref', back);
    await query.delete();
  }
}
