import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';

/**
 * Ends a scan that is queued or running as cancelled, in whatever replica it
 * runs: that one learns it with its next sign of life and keeps nothing it
 * writes afterwards. Tells whether there was anything to cancel.
 */
export async function cancelScan(options: {
  knex: Knex;
  id: string;
  /** ISO 8601. */
  at: string;
  /** Why, in words. */
  reason: string;
}): Promise<boolean> {
  const { knex, id, at, reason } = options;
  const cancelled = await knex<ScanRow>('scans')
    .where({ id })
    .whereIn('state', ['queued', 'running'])
    .update({ state: 'cancelled', finished_at: at, reason });
  return cancelled > 0;
}
