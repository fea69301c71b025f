import type { Knex } from 'knex';
import { insertRows } from './insertRows';
import type { ScanRow } from './ScanRow';

/** Components of a divided scan that are judged together. */
export interface ScanPart {
  part: number;
  entityRefs: string[];
}

interface ScanPartRow {
  scan_id: string;
  part: number;
  entity_refs: string;
  taken_by: string | null;
  alive_at: string | null;
  outcome: string | null;
}

/** Opens parts of a scan to whoever judges them. */
export async function openParts(options: {
  knex: Knex;
  scanId: string;
  parts: readonly ScanPart[];
}): Promise<void> {
  const { knex, scanId, parts } = options;
  if (parts.length > 0) {
    await insertRows(
      knex,
      'scan_parts',
      parts.map(({ part, entityRefs }) => ({
        scan_id: scanId,
        part,
        entity_refs: JSON.stringify(entityRefs),
      })),
    );
  }
}

/** Number of workers that are at a part of a scan. */
export async function countWorkers(options: {
  knex: Knex;
  scanId: string;
  /** ISO 8601; who was silent since then has stopped. */
  deadline: string;
  /** Id of a worker that does not count. */
  except?: string;
}): Promise<number> {
  const { knex, scanId, deadline, except = '' } = options;
  const row = await knex<ScanPartRow>('scan_parts')
    .where({ scan_id: scanId, outcome: null })
    .where('alive_at', '>=', deadline)
    .whereNot('taken_by', except)
    .countDistinct({ count: 'taken_by' })
    .first();
  return Number(row?.count ?? 0);
}

/**
 * Takes a part that nobody judges: one that is open, or that was taken without
 * a sign of life since `deadline`. `undefined` where there is none, or where as
 * many as may are at work already.
 */
export async function takePart(options: {
  knex: Knex;
  scanId: string;
  /** Id of the worker. */
  by: string;
  /** ISO 8601. */
  at: string;
  /** ISO 8601. */
  deadline: string;
  /** Workers at a time. */
  limit: number;
}): Promise<ScanPart | undefined> {
  const { knex, scanId, by, at, deadline, limit } = options;
  const parts = () =>
    knex<ScanPartRow>('scan_parts').where({ scan_id: scanId, outcome: null });

  if ((await countWorkers({ knex, scanId, deadline, except: by })) >= limit) {
    return undefined;
  }
  // Somebody else may be faster between the two statements: try the next one.
  for (;;) {
    const free = await parts()
      .where(query =>
        query.whereNull('taken_by').orWhere('alive_at', '<', deadline),
      )
      .orderBy('part')
      .select('part', 'taken_by', 'alive_at')
      .first();
    if (!free) {
      return undefined;
    }
    const { part, taken_by, alive_at } = free;
    const [taken] = await parts()
      .where({ part, taken_by, alive_at })
      .update({ taken_by: by, alive_at: at })
      .returning('entity_refs');
    if (taken) {
      return { part, entityRefs: JSON.parse(taken.entity_refs) };
    }
  }
}

/**
 * Signs that a worker is at its part still. Inside a transaction it also
 * fences, as the heartbeat of a scan does: false means that another worker has
 * taken the part or that the scan has ended, and nothing of that transaction
 * may be kept.
 */
export async function holdPart(options: {
  knex: Knex;
  scanId: string;
  part: number;
  by: string;
  /** ISO 8601. */
  at: string;
  /** Ends the part: JSON. */
  outcome?: string;
}): Promise<boolean> {
  const { knex, scanId, part, by, at, outcome } = options;
  // Whoever ends the scan waits for the lock, or was here first.
  const running = await knex<ScanRow>('scans')
    .where({ id: scanId, state: 'running' })
    .select('id')
    .forShare()
    .first();
  const held =
    running &&
    (await knex<ScanPartRow>('scan_parts')
      .where({ scan_id: scanId, part, taken_by: by, outcome: null })
      .update({ alive_at: at, ...(outcome && { outcome }) }));
  return Boolean(held);
}

/** Leaves a part to somebody else. */
export async function releasePart(options: {
  knex: Knex;
  scanId: string;
  part: number;
  by: string;
}): Promise<void> {
  const { knex, scanId, part, by } = options;
  await knex<ScanPartRow>('scan_parts')
    .where({ scan_id: scanId, part, taken_by: by, outcome: null })
    .update({ taken_by: null, alive_at: null });
}

/** Numbers of the parts of a scan that are judged. */
export async function listJudgedParts(options: {
  knex: Knex;
  scanId: string;
}): Promise<number[]> {
  const rows = await options
    .knex<ScanPartRow>('scan_parts')
    .where({ scan_id: options.scanId })
    .whereNotNull('outcome')
    .orderBy('part')
    .select('part');
  return rows.map(({ part }) => part);
}

/** What came out of a part, as its worker wrote it. */
export async function readOutcome(options: {
  knex: Knex;
  scanId: string;
  part: number;
}): Promise<unknown> {
  const { knex, scanId, part } = options;
  const row = await knex<ScanPartRow>('scan_parts')
    .where({ scan_id: scanId, part })
    .select('outcome')
    .first();
  return row?.outcome ? JSON.parse(row.outcome) : undefined;
}

/** All parts of a scan. */
export async function listParts(options: {
  knex: Knex;
  scanId: string;
}): Promise<ScanPart[]> {
  const rows = await options
    .knex<ScanPartRow>('scan_parts')
    .where({ scan_id: options.scanId })
    .orderBy('part')
    .select('part', 'entity_refs');
  return rows.map(({ part, entity_refs }) => ({
    part,
    entityRefs: JSON.parse(entity_refs),
  }));
}

/** Whether a part of a scan waits for somebody to judge it. */
export async function hasOpenPart(options: {
  knex: Knex;
  scanId: string;
}): Promise<boolean> {
  const row = await options
    .knex<ScanPartRow>('scan_parts')
    .where({ scan_id: options.scanId, taken_by: null })
    .select('part')
    .first();
  return row !== undefined;
}
