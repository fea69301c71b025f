import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';
import { lockSlos } from './lockSlos';
import { joinBuckets, rowSource, rowsOf } from './rowSource';

const HOUR = 3600;
const HOUR_IN_BUCKETS = 12;

/** A 5-minute bucket of an SLO. */
export interface FineBucket {
  sloId: number;
  /** Seconds since the epoch. */
  start: number;
  good: number;
  total: number;
}

/** An hour of an SLO. */
export interface SloHour {
  sloId: number;
  /** Seconds since the epoch, a full hour. */
  start: number;
}

/**
 * Sorts buckets by the grain they are written in: those of a whole hour that
 * lies before the time 5-minute buckets are kept become an hourly one.
 */
export function byGrain(options: {
  buckets: readonly FineBucket[];
  /** Start of the 5-minute buckets that are kept, by SLO. */
  fineFrom(sloId: number): number;
}): {
  fine: FineBucket[];
  hours: FineBucket[];
  /** Hours before that time which the buckets fill only in part. */
  parts: SloHour[];
} {
  const grouped = new Map<string, FineBucket[]>();
  for (const bucket of options.buckets) {
    const key = hourKey(bucket);
    const group = grouped.get(key);
    if (group) {
      group.push(bucket);
    } else {
      grouped.set(key, [bucket]);
    }
  }
  const fine: FineBucket[] = [];
  const hours: FineBucket[] = [];
  const parts: SloHour[] = [];
  for (const group of grouped.values()) {
    const { sloId } = group[0];
    const start = hourOf(group[0].start);
    const old = start < options.fineFrom(sloId);
    if (old && group.length === HOUR_IN_BUCKETS) {
      hours.push({
        sloId,
        start,
        good: group.reduce((sum, { good }) => sum + good, 0),
        total: group.reduce((sum, { total }) => sum + total, 0),
      });
    } else {
      fine.push(...group);
      if (old) {
        parts.push({ sloId, start });
      }
    }
  }
  return { fine, hours, parts };
}

/** Identifies the hour a bucket is in. */
export function hourKey(bucket: { sloId: number; start: number }): string {
  return `${bucket.sloId} ${hourOf(bucket.start)}`;
}

/**
 * Which of the hours are kept as a sum only: their 5-minute buckets are gone,
 * so that a part of them cannot be replaced any more.
 */
export async function readSealedHours(
  knex: Knex,
  hours: SloHour[],
): Promise<Set<string>> {
  if (hours.length === 0) {
    return new Set();
  }
  const asked = rowSource({
    knex,
    columns: { slo_id: 'integer', start: 'integer' },
    rows: hours.map(({ sloId, start }) => [sloId, start]),
    as: 'asked',
  });
  // LIMIT and OFFSET keep PostgreSQL at a look-up by key for every hour.
  const rows: Array<Record<'slo_id' | 'start', number | string>> = rowsOf(
    await knex.raw(
      `select asked.slo_id as slo_id, asked.start as start from ?
       where exists (
         select 1 from sli_buckets h
         where h.slo_id = asked.slo_id and h.seconds = 3600
           and h.start = asked.start limit 1 offset 0
       ) and not exists (
         select 1 from sli_buckets f
         where f.slo_id = asked.slo_id and f.seconds = 300
           and f.start >= asked.start and f.start < asked.start + 3600
         limit 1 offset 0
       )`,
      [asked],
    ),
  );
  return new Set(
    rows.map(row =>
      hourKey({ sloId: Number(row.slo_id), start: Number(row.start) }),
    ),
  );
}

/**
 * Locks SLOs until the end of the transaction and marks them changed. Two
 * pushes for one SLO follow one another; otherwise neither would count the
 * buckets of the other in their common hour.
 */
export async function touchSlos(
  tx: Knex,
  ends: ReadonlyMap<number, number>,
): Promise<void> {
  await lockSlos(tx, ends.keys());
  const source = rowSource({
    knex: tx,
    columns: { id: 'integer', data_end: 'integer' },
    rows: [...ends],
    as: 'touched',
  });
  await tx.raw(
    `update slos set
       revision = revision + 1,
       last_data_end = case
         when last_data_end > touched.data_end then last_data_end
         else touched.data_end
       end
     from ? where slos.id = touched.id`,
    [source],
  );
}

/**
 * Writes buckets, each in the place of the one there is, and adds up the hours
 * they are in.
 *
 * Law: after it, an hour with 5-minute buckets is their sum.
 */
export async function writeBuckets(
  tx: Knex,
  options: {
    fine: FineBucket[];
    hours: FineBucket[];
    /** Whether they were pushed, not read from a source. */
    pushed: boolean;
  },
): Promise<void> {
  const { fine, hours, pushed } = options;
  await upsert(tx, { seconds: 300, buckets: fine, pushed });
  await upsert(tx, { seconds: HOUR, buckets: hours, pushed });

  if (hours.length > 0) {
    // The sum of an old hour takes the place of what there was of it.
    const parts = rowSource({
      knex: tx,
      columns: { slo_id: 'integer', start: 'integer' },
      rows: hours.flatMap(({ sloId, start }) =>
        Array.from({ length: HOUR_IN_BUCKETS }, (_, index) => [
          sloId,
          start + index * 300,
        ]),
      ),
      as: 'parts',
    });
    await tx.raw(
      `delete from sli_buckets where (slo_id, seconds, start) in
         (select parts.slo_id, 300, parts.start from ?)`,
      [parts],
    );
  }
  if (fine.length > 0) {
    await tx.raw(
      `insert into sli_buckets (slo_id, seconds, start, good, total, covered, pushed)
       select b.slo_id, 3600, touched.start,
         sum(b.good), sum(b.total), sum(b.covered), max(b.pushed)
       from ? ${joinBuckets(
         tx,
         `b.slo_id = touched.slo_id and b.seconds = 300
          and b.start >= touched.start and b.start < touched.start + 3600`,
       )}
       where true
       group by b.slo_id, touched.start
       on conflict (slo_id, seconds, start) do update set
         good = excluded.good, total = excluded.total,
         covered = excluded.covered, pushed = excluded.pushed`,
      [hourSource(tx, fine)],
    );
  }
}

async function upsert(
  tx: Knex,
  options: { seconds: 300 | 3600; buckets: FineBucket[]; pushed: boolean },
): Promise<void> {
  const { seconds, buckets, pushed } = options;
  const sorted = [...buckets].sort(
    (a, b) => a.sloId - b.sloId || a.start - b.start,
  );
  for (const slice of inSlices(sorted, 20_000)) {
    const rows = rowSource({
      knex: tx,
      columns: {
        slo_id: 'integer',
        start: 'integer',
        good: 'double',
        total: 'double',
      },
      rows: slice.map(({ sloId, start, good, total }) => [
        sloId,
        start,
        good,
        total,
      ]),
      as: 'given',
    });
    await tx.raw(
      `insert into sli_buckets (slo_id, seconds, start, good, total, covered, pushed)
       select slo_id, ${seconds}, start, good, total, ${seconds}, ${
        pushed ? 1 : 0
      } from ? where true
       on conflict (slo_id, seconds, start) do update set
         good = excluded.good, total = excluded.total,
         covered = excluded.covered, pushed = excluded.pushed`,
      [rows],
    );
  }
}

function hourSource(tx: Knex, buckets: FineBucket[]): Knex.Raw {
  const hours = new Map(
    buckets.map(
      bucket =>
        [hourKey(bucket), [bucket.sloId, hourOf(bucket.start)]] as const,
    ),
  );
  return rowSource({
    knex: tx,
    columns: { slo_id: 'integer', start: 'integer' },
    rows: [...hours.values()],
    as: 'touched',
  });
}

function hourOf(start: number): number {
  return Math.floor(start / HOUR) * HOUR;
}
