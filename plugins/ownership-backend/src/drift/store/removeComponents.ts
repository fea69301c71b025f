import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { ComponentRow } from './ComponentRow';
import { inSlices } from './inSlices';

/**
 * Removes components. With `tombstones` each leaves one that says who owned
 * it, in what state it was and how many findings were open, so call it before
 * those are closed.
 */
export async function removeComponents(options: {
  knex: Knex;
  entityRefs: string[];
  tombstones: boolean;
  /** ISO 8601. */
  at: string;
  /** What removed each, as far as known. */
  removedBy?: ReadonlyMap<string, string>;
}): Promise<void> {
  const { knex, entityRefs, tombstones, at, removedBy } = options;
  const among = <T extends Knex.QueryBuilder>(query: T): T => {
    whereIn(query, 'entity_ref', entityRefs);
    return query;
  };

  if (tombstones) {
    const components: ComponentRow[] = await among(
      knex('components').select('entity_ref', 'title', 'state'),
    );
    const open: Array<{ entity_ref: string; count: number | string }> =
      await among(
        knex('findings')
          .select('entity_ref')
          .count({ count: '*' })
          .whereIn('state', ['open', 'acknowledged'])
          .groupBy('entity_ref'),
      );
    const counts = new Map(open.map(row => [row.entity_ref, row.count]));
    for (const slice of inSlices(components)) {
      await knex('tombstones')
        .insert(
          slice.map(({ entity_ref, title, state }) => ({
            entity_ref,
            title,
            state,
            removed_at: at,
            open_findings: Number(counts.get(entity_ref) ?? 0),
            removed_by: removedBy?.get(entity_ref) ?? null,
          })),
        )
        .onConflict('entity_ref')
        .merge();
    }
    await among(knex('tombstone_owners')).delete();
    await knex
      .into(
        knex.raw('?? (??, ??)', [
          'tombstone_owners',
          'entity_ref',
          'owner_ref',
        ]),
      )
      .insert(
        among(knex('component_owners').select('entity_ref', 'owner_ref')),
      );
  }

  await among(knex('component_owners')).delete();
  await among(knex('components')).delete();
}
