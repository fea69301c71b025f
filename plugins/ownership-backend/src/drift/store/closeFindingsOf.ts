import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { FindingRow } from './FindingRow';
import { inSlices } from './inSlices';
import { readLastCompletedScan } from './readLastCompletedScan';

/**
 * Closes everything that stands against components which are gone, and gives
 * the findings that it closed, as they were before.
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
  const standing: FindingRow[] = await query.forUpdate();
  for (const slice of inSlices(standing)) {
    const ids = slice.map(({ id }) => id);
    await knex<FindingRow>('findings')
      .whereIn('id', ids)
      .update({
        state: 'closed',
        closed_at: at,
        closed_reason: reason,
        closed_from: knex.raw('state'),
        last_seen_at: lastScan?.started_at ?? null,
      });
    await knex('finding_events').insert(
      ids.map(id => ({ finding_id: id, at, type: 'closed', detail: reason })),
    );
  }
  return standing;
}
