import { MAX_COMPOSITE_DEPTH } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';

/**
 * Marks the composites changed that are made of the given SLOs, and those that
 * are made of these.
 *
 * @returns their ids
 */
export async function touchComposites(
  knex: Knex,
  sloIds: readonly number[],
): Promise<number[]> {
  const ids = await compositesOf(knex, sloIds);
  await markChanged(knex, ids);
  return ids;
}

/** The composites that are made of the given SLOs at any depth, by id. */
export async function compositesOf(
  knex: Knex,
  sloIds: readonly number[],
): Promise<number[]> {
  const found = new Set<number>();
  let level: readonly number[] = sloIds;
  for (
    let depth = 0;
    depth < MAX_COMPOSITE_DEPTH && level.length > 0;
    depth++
  ) {
    const above = (await readComposites(knex, level)).filter(
      id => !found.has(id),
    );
    above.forEach(id => found.add(id));
    level = above;
  }
  return [...found].sort((a, b) => a - b);
}

/** Lets SLOs be evaluated again. */
export async function markChanged(
  knex: Knex,
  ids: readonly number[],
): Promise<void> {
  for (const slice of inSlices([...ids])) {
    await knex('slos')
      .whereIn('id', slice)
      .update({ revision: knex.raw('revision + 1') });
  }
}

async function readComposites(
  knex: Knex,
  sloIds: readonly number[],
): Promise<number[]> {
  const found = new Set<number>();
  for (const slice of inSlices([...sloIds])) {
    const ids: number[] = await knex('slo_members as m')
      .join('slos as s', join =>
        join.on('s.entity_ref', 'm.entity_ref').on('s.name', 'm.slo'),
      )
      .join('slos as c', 'c.id', 'm.composite_id')
      .whereIn('s.id', slice)
      .whereNull('c.removed_at')
      .distinct('m.composite_id')
      .pluck('m.composite_id');
    ids.forEach(id => found.add(id));
  }
  return [...found];
}
