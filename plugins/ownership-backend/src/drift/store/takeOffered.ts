import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';

/** The scan that is offered to whoever takes it. */
export async function readOffered(options: {
  knex: Knex;
}): Promise<ScanRow | undefined> {
  return options.knex<ScanRow>('scans').where({ state: 'queued' }).first();
}

/** Takes a scan that is offered; `undefined` where somebody else was faster. */
export async function takeOffered(options: {
  knex: Knex;
  id: string;
  /** Who runs it. */
  holder: string;
  /** When it starts; ISO 8601. */
  at: string;
}): Promise<ScanRow | undefined> {
  const { knex, id, holder, at } = options;
  const [scan] = await knex<ScanRow>('scans')
    .where({ id, state: 'queued' })
    .update({ state: 'running', holder, started_at: at, heartbeat_at: at })
    .returning('*');
  return scan;
}
