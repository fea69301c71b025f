import type { Knex } from 'knex';
import type { ScanRow } from './ScanRow';

interface ScanWorldRow {
  scan_id: string;
  chunk: number;
  body: string;
}

/** Keeps a piece of what the verdicts of a divided scan are made by. */
export async function writeWorldChunk(options: {
  knex: Knex;
  scanId: string;
  chunk: number;
  /** Becomes JSON. */
  body: unknown;
}): Promise<void> {
  const { knex, scanId, chunk, body } = options;
  await knex<ScanWorldRow>('scan_worlds').insert({
    scan_id: scanId,
    chunk,
    body: JSON.stringify(body),
  });
}

/** The pieces that were kept, in their order. */
export async function* readWorldChunks(options: {
  knex: Knex;
  scanId: string;
}): AsyncGenerator<unknown> {
  for (let chunk = 0; ; chunk += 1) {
    const row = await options
      .knex<ScanWorldRow>('scan_worlds')
      .where({ scan_id: options.scanId, chunk })
      .select('body')
      .first();
    if (!row) {
      return;
    }
    yield JSON.parse(row.body);
  }
}

/** Forgets the worlds and parts of all scans that do not run. */
export async function forgetDivisions(options: { knex: Knex }): Promise<void> {
  const { knex } = options;
  for (const table of ['scan_parts', 'scan_worlds']) {
    await knex(table)
      .whereNotIn(
        'scan_id',
        knex<ScanRow>('scans').where('state', 'running').select('id'),
      )
      .delete();
  }
}

/** Lets others judge parts of a scan, or carry it on: those alone that judge as it does. */
export async function markDivided(options: {
  knex: Knex;
  id: string;
  judgedBy: string;
  /** Whether it could be carried on by another backend. */
  resumable: boolean;
}): Promise<void> {
  const { knex, id, judgedBy, resumable } = options;
  await knex<ScanRow>('scans')
    .where({ id })
    .update({ judged_by: judgedBy, resumable });
}

/** The scan that is divided and runs, if it judges as told. */
export async function readDivided(options: {
  knex: Knex;
  judgedBy: string;
}): Promise<ScanRow | undefined> {
  return options
    .knex<ScanRow>('scans')
    .where({ state: 'running', judged_by: options.judgedBy })
    .first();
}
