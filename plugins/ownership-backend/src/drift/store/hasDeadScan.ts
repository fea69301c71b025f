import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';
import { whereActive } from './whereActive';

/** Whether there is an active scan without a sign of life since `deadline`. */
export async function hasDeadScan(options: {
  knex: Knex;
  /** ISO 8601. */
  deadline: string;
}): Promise<boolean> {
  const { knex, deadline } = options;
  const row = await knex<ScanRow>('scans')
    .select('id')
    .modify(whereActive)
    .where('heartbeat_at', '<', deadline)
    .first();
  return row !== undefined;
}
