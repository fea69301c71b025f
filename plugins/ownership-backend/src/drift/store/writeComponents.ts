import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { ComponentRow } from './ComponentRow';
import { insertRows, insertSlices } from './insertRows';
import { writeComponentOwners } from './writeComponentOwners';

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

    await writeComponentOwners({
      knex,
      owners: new Map(
        slice.map(({ row, ownerRefs }) => [row.entity_ref, ownerRefs]),
      ),
      isNew,
    });
  }
  if (added.length > 0) {
    for (const table of ['tombstones', 'tombstone_owners']) {
      const query = knex(table);
      whereIn(query, 'entity_ref', added);
      await query.delete();
    }
  }
}
