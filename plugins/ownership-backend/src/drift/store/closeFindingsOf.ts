import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { FindingRow } from './FindingRow';
import { inSlices } from './inSlices';
import { readLastCompletedScan } from './readLastCompletedScan';

/**
 * Closes everything that stands against components which are gone, and gives
 * the findings that it closed.
 */
export async function closeFindingsOf(options: {
  knex: Knex;
  entityRefs: string[];
  reason: string;
  /** ISO 8601. */
  at: string;
}): Promise<FindingRow[]> {
  const { knex, entityRefs, reason, at } = options;
  const lastScan = await readLastCompletedScan({ knex });
  const query = knex<FindingRow>('findings').whereNot('state', 'closed');
  whereIn(query, 'entity_ref', entityRefs);
  const closed = (await query
    .update({
      state: 'closed',
      closed_at: at,
      closed_reason: reason,
      last_seen_at: lastScan?.started_at ?? null,
    })
    .returning('*')) as FindingRow[];
  for (const slice of inSlices(closed)) {
    await knex('finding_events').insert(
      slice.map(({ id }) => ({
        finding_id: id,
        at,
        type: 'closed',
        detail: reason,
      })),
    );
  }
  return closed;
}
