import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';
import { dropReadBuckets } from './dropReadBuckets';
import { lockSlos } from './lockSlos';
import type { SourceState } from './readSourcedSlos';
import { joinBuckets, rowSource, rowsOf } from './rowSource';
import {
  byGrain,
  hourKey,
  readSealedHours,
  touchSlos,
  writeBuckets,
} from './writeBuckets';
import type { FineBucket } from './writeBuckets';

/** What was read of one SLO, and how far it is read now. */
export interface StoredReading {
  sloId: number;
  /** 5-minute buckets. */
  fine: FineBucket[];
  /** Whole hours before the time 5-minute buckets are kept. */
  hours: FineBucket[];
  state: SourceState;
  /** Whether it is another state than the one stored. */
  stateChanged: boolean;
  /** Whether the error is another one than before, which changes the status. */
  errorChanged: boolean;
  /**
   * Whether this is the first that was read with another query than before:
   * what the old one gave goes as this comes.
   */
  replaces: boolean;
}

/**
 * Writes what was read together with how far it was read, so that a replica
 * that is killed in between has done both or neither. Buckets that are there
 * with the same counts are left alone: the last ones are read again and again.
 *
 * @param options - `fineFrom`: start of the 5-minute buckets kept, by SLO
 * @returns how many buckets were new or another
 */
export async function writeReadings(options: {
  knex: Knex;
  readings: StoredReading[];
  fineFrom(sloId: number): number;
}): Promise<number> {
  const { knex, readings, fineFrom } = options;
  const replaced = new Set(
    readings.filter(({ replaces }) => replaces).map(({ sloId }) => sloId),
  );
  const isNew = ({ sloId }: { sloId: number }) => replaced.has(sloId);
  const given = readings.flatMap(({ fine }) => fine);
  const grained = byGrain({
    buckets: [
      ...given.filter(isNew),
      ...(await withoutSame({
        knex,
        buckets: given.filter(bucket => !isNew(bucket)),
        fineFrom,
      })),
    ],
    fineFrom,
  });
  const sealed = await readSealedHours(
    knex,
    grained.parts.filter(hour => !isNew(hour)),
  );
  const fine = grained.fine.filter(bucket => !sealed.has(hourKey(bucket)));
  const hours = [...grained.hours, ...readings.flatMap(each => each.hours)];

  const ends = new Map<number, number>();
  for (const [buckets, seconds] of [
    [fine, 300],
    [hours, 3600],
  ] as const) {
    for (const { sloId, start } of buckets) {
      ends.set(sloId, Math.max(ends.get(sloId) ?? 0, start + seconds));
    }
  }
  const turned = readings
    .filter(({ sloId, errorChanged }) => errorChanged && !ends.has(sloId))
    .map(({ sloId }) => sloId);
  const moved = readings.filter(({ stateChanged }) => stateChanged);
  if (ends.size + moved.length + replaced.size === 0) {
    return 0;
  }
  await knex.transaction(async tx => {
    await lockSlos(tx, new Set([...ends.keys(), ...turned, ...replaced]));
    await dropReadBuckets(tx, [...replaced]);
    if (ends.size > 0) {
      await touchSlos(tx, ends);
      await writeBuckets(tx, { fine, hours, pushed: false });
    }
    for (const slice of inSlices(turned)) {
      await tx('slos')
        .whereIn('id', slice)
        .update({ revision: tx.raw('revision + 1') });
    }
    for (const slice of inSlices(moved)) {
      await tx('sli_sources')
        .insert(slice.map(toRow))
        .onConflict('slo_id')
        .merge();
    }
  });
  return fine.length + hours.length;
}

function toRow({ sloId, state }: StoredReading) {
  return {
    slo_id: sloId,
    source: state.source,
    digest: state.digest,
    read_to: state.readTo ?? null,
    data_end: state.dataEnd ?? null,
    error: state.error ?? null,
    error_since: state.errorSince ?? null,
  };
}

async function withoutSame(options: {
  knex: Knex;
  buckets: FineBucket[];
  fineFrom(sloId: number): number;
}): Promise<FineBucket[]> {
  const { knex, buckets, fineFrom } = options;
  const same = new Set<string>();
  for (const slice of inSlices(buckets, 20_000)) {
    const given = rowSource({
      knex,
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
    const rows: Array<Record<'slo_id' | 'start', number | string>> = rowsOf(
      await knex.raw(
        `select given.slo_id as slo_id, given.start as start
         from ? ${joinBuckets(
           knex,
           `b.slo_id = given.slo_id and b.seconds = 300 and b.start = given.start
            and b.good = given.good and b.total = given.total`,
         )}`,
        [given],
      ),
    );
    for (const row of rows) {
      same.add(`${row.slo_id} ${row.start}`);
    }
  }
  const isSame = ({ sloId, start }: FineBucket) =>
    same.has(`${sloId} ${start}`);
  // Of an old hour all buckets are written or none: it is kept as their sum.
  const hours = new Set(buckets.filter(each => !isSame(each)).map(hourKey));
  return buckets.filter(
    bucket =>
      !isSame(bucket) ||
      (bucket.start < fineFrom(bucket.sloId) && hours.has(hourKey(bucket))),
  );
}
