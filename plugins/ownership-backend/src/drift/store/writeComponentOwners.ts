import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { insertRows, insertSlices } from './insertRows';
import { ownersText } from './ownersText';

interface OwnerRow {
  entity_ref: string;
  owner_ref: string;
}

/**
 * Brings the owners of components to what they are now. Leaves those alone
 * that have the same ones: their findings would follow them.
 */
export async function writeComponentOwners(options: {
  knex: Knex;
  /** By component. */
  owners: ReadonlyMap<string, readonly string[]>;
  /** Components that had no row before. */
  isNew: ReadonlySet<string>;
}): Promise<void> {
  const { knex, owners, isNew } = options;
  const before = new Map<string, string[]>();
  const known = [...owners.keys()].filter(ref => !isNew.has(ref));
  if (known.length > 0) {
    const query = knex<OwnerRow>('component_owners').select('*');
    whereIn(query, 'entity_ref', known);
    for (const { entity_ref, owner_ref } of (await query) as OwnerRow[]) {
      before.set(entity_ref, [...(before.get(entity_ref) ?? []), owner_ref]);
    }
  }

  const others = [...owners].filter(
    ([ref, ownerRefs]) =>
      ownersText(before.get(ref) ?? []) !== ownersText(ownerRefs),
  );
  const stale = others.map(([ref]) => ref).filter(ref => before.has(ref));
  if (stale.length > 0) {
    const query = knex('component_owners');
    whereIn(query, 'entity_ref', stale);
    await query.delete();
  }
  const fresh = others.flatMap(([entity_ref, ownerRefs]) =>
    [...new Set(ownerRefs)].map(owner_ref => ({ entity_ref, owner_ref })),
  );
  for (const rows of insertSlices(knex, fresh)) {
    await insertRows(knex, 'component_owners', rows)
      .onConflict(['entity_ref', 'owner_ref'])
      .ignore();
  }
}
