import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';
import { whereActive } from './whereActive';

/**
 * Signs that a scan is alive and how far it is. Inside a transaction it also
 * fences: false means that another replica took the scan for dead, and nothing
 * of that transaction may be kept.
 */
export async function heartbeatScan(options: {
  knex: Knex;
  id: string;
  /** Who runs it. */
  holder: string;
  /** ISO 8601. */
  at: string;
  progress?: { processed: number; total: number };
}): Promise<boolean> {
  const { knex, id, holder, at, progress } = options;
  const rows = await knex<ScanRow>('scans')
    .where({ id, holder })
    .modify(whereActive)
    .update({ heartbeat_at: at, ...progress });
  return rows > 0;
}
