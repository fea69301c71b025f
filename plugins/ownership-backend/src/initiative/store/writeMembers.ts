import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { insertRows, insertSlices } from '../../drift/store/insertRows';

/**
 * Keeps what the predicate of an initiative matches; writes the difference.
 *
 * @param options - `refs`: `undefined` for an initiative without a predicate
 */
export async function writeMembers(options: {
  knex: Knex;
  initiativeId: string;
  refs: ReadonlySet<string> | undefined;
}): Promise<void> {
  const { knex, initiativeId, refs = new Set<string>() } = options;
  const stored = new Set<string>(
    await knex('initiative_members')
      .where('initiative_id', initiativeId)
      .pluck('entity_ref'),
  );
  const gone = [...stored].filter(ref => !refs.has(ref));
  if (gone.length > 0) {
    const old = knex('initiative_members').where('initiative_id', initiativeId);
    whereIn(old, 'entity_ref', gone);
    await old.delete();
  }
  const added = [...refs]
    .filter(ref => !stored.has(ref))
    .map(entity_ref => ({ initiative_id: initiativeId, entity_ref }));
  for (const slice of insertSlices(knex, added)) {
    await insertRows(knex, 'initiative_members', slice)
      .onConflict(['initiative_id', 'entity_ref'])
      .ignore();
  }
}
