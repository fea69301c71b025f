import type { Knex } from 'knex';
import { insertedScan, type ScanRow } from './ScanRow';
import { whereActive } from './whereActive';

/**
 * Puts a new scan into the table unless one is active already, and gives the
 * one that is active now: the new one (`claimed`) or the other, which may be
 * one that completed and of which the consequences are worked out. A scan
 * without a sign of life since `deadline` is carried on where that can be done
 * (`claimed` as well). It is marked failed otherwise, unless it completed, and
 * no longer counts.
 *
 * The unique index over active scans decides between replicas that call this
 * at the same moment.
 */
export async function claimScan(options: {
  knex: Knex;
  id: string;
  /** Who would run it. */
  holder: string;
  /** Whether a new one is queued for whoever takes it (`takeOffered`). */
  offers?: boolean;
  /** ISO 8601. */
  at: string;
  /** ISO 8601; a heartbeat before this moment is that of a dead scan. */
  deadline: string;
  /** Which scans may be carried on: as recent, and judged by the same rules. */
  carryOn: {
    /** ISO 8601; a scan that started earlier is not. */
    startedAfter: string;
    judgedBy: string;
  };
  requestedBy?: string;
}): Promise<{ scan: ScanRow; claimed: boolean; tookOver: string[] }> {
  const { knex, id, holder, at, deadline, carryOn, requestedBy } = options;

  const [carriedOn] = await knex<ScanRow>('scans')
    .where({ state: 'running', resumable: true, judged_by: carryOn.judgedBy })
    .where('heartbeat_at', '<', deadline)
    .where('started_at', '>', carryOn.startedAfter)
    .update({ holder, heartbeat_at: at })
    .returning('*');
  if (carriedOn) {
    return { scan: carriedOn, claimed: true, tookOver: [] };
  }

  const dead = await knex<ScanRow>('scans')
    .whereIn('state', ['queued', 'running'])
    .where('heartbeat_at', '<', deadline)
    .update({
      state: 'failed',
      finished_at: at,
      error:
        'There was no sign of life any more: the backend that ran this scan stopped, or could not write to the database',
    })
    .returning('id');
  const unfollowed = await knex<ScanRow>('scans')
    .where('follows_up', true)
    .where('heartbeat_at', '<', deadline)
    .update({ follows_up: false })
    .returning('id');

  // The other one may end between the two statements, hence a second try.
  for (;;) {
    await knex('scans')
      .insert(
        insertedScan({
          ...{ id, at, requestedBy },
          holder: options.offers ? undefined : holder,
        }),
      )
      .onConflict()
      .ignore();
    const active = await knex<ScanRow>('scans').modify(whereActive).first();
    if (active) {
      return {
        scan: active,
        claimed: active.id === id,
        tookOver: [...dead, ...unfollowed].map(row => row.id),
      };
    }
  }
}
