import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { ComponentRow } from './ComponentRow';
import { insertRows, insertSlices } from './insertRows';

/**
 * Writes components that are new or changed, with their owners. Those that
 * came back lose their tombstone.
 */
export async function writeComponents(options: {
  knex: Knex;
  components: Array<{ row: ComponentRow; ownerRefs: string[] }>;
  /** Refs among them that were not in the table before. */
  added: string[];
}): Promise<void> {
  const { knex, components, added } = options;
  const isNew = new Set(added);
  for (const slice of insertSlices(knex, components)) {
    await insertRows(
      knex,
      'components',
      slice.map(({ row }) => row),
    )
      .onConflict('entity_ref')
      .merge(Object.keys(slice[0].row));

    const known = slice
      .map(({ row }) => row.entity_ref)
      .filter(ref => !isNew.has(ref));
    if (known.length > 0) {
      const stale = knex('component_owners');
      whereIn(stale, 'entity_ref', known);
      await stale.delete();
    }
    const owners = slice.flatMap(({ row, ownerRefs }) =>
      [...new Set(ownerRefs)].map(owner_ref => ({
        entity_ref: row.entity_ref,
        owner_ref,
      })),
    );
    for (const rows of insertSlices(knex, owners)) {
      await insertRows(knex, 'component_owners', rows)
        .onConflict(['entity_ref', 'owner_ref'])
        .ignore();
    }
  }
  if (added.length > 0) {
    for (const table of ['tombstones', 'tombstone_owners']) {
      const query = knex(table);
      whereIn(query, 'entity_ref', added);
      await query.delete();
    }
  }
}
