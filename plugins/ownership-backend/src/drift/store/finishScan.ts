import type { ScanState } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';

/**
 * Ends a running scan. Gives the scan as it ended, or `undefined` if it was
 * not running any more, or is run by another one.
 */
export async function finishScan(options: {
  knex: Knex;
  id: string;
  /** Who runs it. */
  holder: string;
  /** ISO 8601. */
  at: string;
  state: Exclude<ScanState, 'queued' | 'running'>;
  counts: Pick<
    ScanRow,
    'processed' | 'total' | 'opened' | 'reopened' | 'closed' | 'unchanged'
  >;
  reason?: string;
  error?: string;
  /** Keeps its place until `endFollowUp`. */
  followsUp?: boolean;
}): Promise<ScanRow | undefined> {
  const { knex, id, holder, at, state, counts, reason, error } = options;
  const [row] = await knex<ScanRow>('scans')
    .where({ id, holder, state: 'running' })
    .update({
      state,
      finished_at: at,
      ...counts,
      reason: reason ?? null,
      error: error ?? null,
      follows_up: options.followsUp ?? false,
    })
    .returning('*');
  return row as ScanRow | undefined;
}
