import type { HandoverFact } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { HandoverRow } from './HandoverRow';

/** The open handover of every component that is in one, in one statement. */
export async function readOpenHandovers(
  knex: Knex,
): Promise<Map<string, HandoverFact>> {
  const rows: Array<
    Pick<
      HandoverRow,
      'id' | 'state' | 'to_ref' | 'from_refs' | 'proposed_at' | 'due_at'
    > & { open_ref: string; open_items: number | string }
  > = await knex('handover_components as c')
    .join('handovers as h', 'h.id', 'c.handover_id')
    .whereNotNull('c.open_ref')
    .select(
      'c.open_ref',
      'h.id',
      'h.state',
      'h.to_ref',
      'h.from_refs',
      'h.proposed_at',
      'h.due_at',
      knex.raw(`(SELECT count(*) FROM handover_items i
        WHERE i.handover_id = h.id AND i.done_at IS NULL) AS open_items`),
    );
  return new Map(
    rows.map(row => [
      row.open_ref,
      {
        id: row.id,
        state: row.state,
        from: JSON.parse(row.from_refs),
        to: row.to_ref,
        proposedAt: row.proposed_at,
        dueAt: row.due_at,
        openItems: Number(row.open_items),
      },
    ]),
  );
}
