import type { Knex } from 'knex';
import { readLastCompletedScan } from './readLastCompletedScan';
import type { ScanRow } from './ScanRow';

/**
 * The last scan that ended, whatever its end, the last one that completed, and
 * since when scans are suspended: the start of the first suspended one after
 * the last completed.
 */
export async function readLastScans(options: { knex: Knex }): Promise<{
  finished?: ScanRow;
  completed?: ScanRow;
  /** ISO 8601. */
  suspendedSince?: string;
}> {
  const { knex } = options;
  const finished = await knex<ScanRow>('scans')
    .whereNotNull('finished_at')
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first();
  const completed =
    finished?.state === 'completed'
      ? finished
      : await readLastCompletedScan({ knex });
  if (!finished || finished === completed) {
    return { finished, completed };
  }

  const suspended = await knex<ScanRow>('scans')
    .where('state', 'suspended')
    .andWhere('started_at', '>', completed?.started_at ?? '')
    .min({ since: 'started_at' })
    .first();
  return {
    finished,
    completed,
    suspendedSince: (suspended?.since as string | null) ?? undefined,
  };
}
