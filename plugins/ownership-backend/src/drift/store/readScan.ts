import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';

/** Reads one scan, or `undefined` where there is none of this id. */
export async function readScan(options: {
  knex: Knex;
  id: string;
}): Promise<ScanRow | undefined> {
  return options.knex<ScanRow>('scans').where('id', options.id).first();
}
