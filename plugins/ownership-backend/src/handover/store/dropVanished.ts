import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { HandoverRow } from './HandoverRow';

/**
 * Takes components that are not under ownership any more out of their
 * handovers, and cancels those that are left with none. One statement where
 * nothing vanished.
 *
 * @returns the handovers that were cancelled, as they were before
 */
export async function dropVanished(
  knex: Knex,
  options: { at: string; reason: string },
): Promise<HandoverRow[]> {
  const { at, reason } = options;
  const vanished: Array<{ handover_id: string; open_ref: string }> = await knex(
    'handover_components as h',
  )
    .whereNotNull('h.open_ref')
    .whereNotExists(
      knex('components as c').whereRaw('c.entity_ref = h.open_ref').select('*'),
    )
    .select('h.handover_id', 'h.open_ref');
  if (vanished.length === 0) {
    return [];
  }
  return knex.transaction(async tx => {
    const left = tx('handover_components');
    whereIn(
      left,
      'open_ref',
      vanished.map(row => row.open_ref),
    );
    await left.update({ open_ref: null, left_at: at });
    const emptied = tx<HandoverRow>('handovers').where('over', 0);
    whereIn(emptied, 'id', [
      ...new Set(vanished.map(({ handover_id }) => handover_id)),
    ]);
    const rows: HandoverRow[] = await emptied
      .whereNotExists(
        tx('handover_components as c')
          .whereRaw('c.handover_id = handovers.id')
          .whereNotNull('c.open_ref')
          .select('*'),
      )
      .select('*');
    const ended = tx('handovers');
    whereIn(
      ended,
      'id',
      rows.map(row => row.id),
    );
    await ended.update({
      state: 'cancelled',
      over: 1,
      ended_at: at,
      end_reason: reason,
    });
    return rows;
  });
}
