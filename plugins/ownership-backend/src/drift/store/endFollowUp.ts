import type { Knex } from 'knex';
import { mergeFindingCounts } from './mergeFindingCounts';
import type { ScanRow } from './ScanRow';

/**
 * Gives the place of a completed scan free: the next one may start.
 *
 * What was cut short counts as dead from now on, so that a replica that looks
 * for dead scans starts one that makes up for it.
 */
export async function endFollowUp(options: {
  knex: Knex;
  id: string;
  cutShort: boolean;
}): Promise<void> {
  const { knex, id, cutShort } = options;
  await knex<ScanRow>('scans')
    .where({ id, follows_up: true })
    .update(cutShort ? { heartbeat_at: '' } : { follows_up: false });
  await mergeFindingCounts({ knex });
}
