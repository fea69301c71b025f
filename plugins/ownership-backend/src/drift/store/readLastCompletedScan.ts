import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';

/** The last scan that looked at everything. */
export async function readLastCompletedScan(options: {
  knex: Knex;
}): Promise<ScanRow | undefined> {
  return options
    .knex<ScanRow>('scans')
    .where('state', 'completed')
    .orderBy('started_at', 'desc')
    .first();
}
