import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { checkSample } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliPush,
  SliPushResult,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { fineFrom } from './store/dropOldBuckets';
import { findSlos } from './store/findSlos';
import type { FoundSlo } from './store/findSlos';
import { notePush, readPush } from './store/pushes';
import {
  byGrain,
  hourKey,
  readSealedHours,
  touchSlos,
  writeBuckets,
} from './store/writeBuckets';
import type { FineBucket } from './store/writeBuckets';

/**
 * Stores pushed samples and says which were refused and why. The same key with
 * the same samples changes nothing again; samples for a bucket that is there
 * replace it, the last one of a push wins.
 *
 * @returns the answer, and the SLOs that have new buckets
 * @throws ConflictError where the key was used for other samples
 */
export async function pushSamples(options: {
  knex: Knex;
  push: SliPush;
  /** Keys of different callers are different keys. */
  caller: string;
  now: Date;
}): Promise<{ result: SliPushResult; sloIds: number[] }> {
  const { knex, push, caller, now } = options;
  const key = sha256([caller, push.idempotencyKey]);
  const digest = sha256(push.samples);
  const replay = await readReplay({ knex, key, digest });
  if (replay) {
    return { result: replay, sloIds: [] };
  }

  const refs = push.samples.map(sample => canonicalRef(sample.entityRef));
  const slos = await findSlos(knex, [
    ...new Set(refs.filter((ref): ref is string => ref !== undefined)),
  ]);
  const known = new Map(
    slos.map(slo => [`${slo.entityRef} ${slo.name}`, slo] as const),
  );
  const byId = new Map(slos.map(slo => [slo.id, slo] as const));

  const rejected: SliPushResult['rejected'] = [];
  const accepted: Array<{ index: number; buckets: FineBucket[] }> = [];
  push.samples.forEach((sample, index) => {
    const slo = known.get(`${refs[index]} ${sample.slo}`);
    const checked = checkSample({ sample, now });
    if (!slo) {
      rejected.push({
        index,
        message: unknownSlo({ sample, ref: refs[index], slos }),
      });
    } else if (slo.isComposite) {
      rejected.push({
        index,
        message: `${slo.name} is a composite and has no samples of its own; push samples to the SLOs it is made of`,
      });
    } else if ('message' in checked) {
      rejected.push({ index, message: checked.message });
    } else {
      accepted.push({
        index,
        buckets: checked.buckets.map(({ start, good, total }) => ({
          sloId: slo.id,
          start,
          good,
          total,
        })),
      });
    }
  });

  const from = (sloId: number) =>
    fineFrom({ now, fineSeconds: byId.get(sloId)!.fineSeconds });
  const sealed = await readSealedHours(
    knex,
    byGrain({ buckets: latest(accepted), fineFrom: from }).parts,
  );
  const stored = accepted.filter(({ index, buckets }) => {
    const late = buckets.some(bucket => sealed.has(hourKey(bucket)));
    if (late) {
      rejected.push({
        index,
        message:
          'so far back only whole hours are kept: send all 5-minute samples of the hour in one push, or one sample with durationSeconds 3600 that starts on the hour',
      });
    }
    return !late;
  });

  const result: SliPushResult = {
    accepted: stored.length,
    replayed: false,
    rejected: rejected.sort((a, b) => a.index - b.index),
  };
  const buckets = latest(stored);
  const ends = new Map<number, number>();
  for (const { sloId, start } of buckets) {
    ends.set(sloId, Math.max(ends.get(sloId) ?? 0, start + 300));
  }
  const written = await knex.transaction(async tx => {
    if (!(await notePush(tx, { key, digest, now, result }))) {
      return false;
    }
    if (buckets.length > 0) {
      await touchSlos(tx, ends);
      await writeBuckets(tx, {
        ...byGrain({ buckets, fineFrom: from }),
        pushed: true,
      });
    }
    return true;
  });
  if (!written) {
    const other = await readReplay({ knex, key, digest });
    return { result: other ?? result, sloIds: [] };
  }
  return { result, sloIds: [...ends.keys()] };
}

async function readReplay(options: {
  knex: Knex;
  key: string;
  digest: string;
}): Promise<SliPushResult | undefined> {
  const seen = await readPush(options.knex, options.key);
  if (seen && seen.digest !== options.digest) {
    throw new ConflictError(
      'This idempotencyKey was used for other samples; use a new key for every push and the same one only to repeat it',
    );
  }
  return seen && { ...seen.result, replayed: true };
}

/** One bucket for each place, the last one given. */
function latest(samples: Array<{ buckets: FineBucket[] }>): FineBucket[] {
  const places = new Map<string, FineBucket>();
  for (const { buckets } of samples) {
    for (const bucket of buckets) {
      places.set(`${bucket.sloId} ${bucket.start}`, bucket);
    }
  }
  return [...places.values()];
}

// Written so that nothing a database refuses (NUL) gets through.
function canonicalRef(text: string): string | undefined {
  return /^[\w-]+:[\w.-]+\/[\w.-]+$/.test(text)
    ? text.toLocaleLowerCase('en-US')
    : undefined;
}

function unknownSlo(options: {
  sample: { entityRef: string };
  ref?: string;
  slos: FoundSlo[];
}): string {
  const { ref, slos } = options;
  if (!ref) {
    return 'entityRef must be a full entity ref: kind:namespace/name';
  }
  const names = slos
    .filter(slo => slo.entityRef === ref)
    .map(slo => slo.name)
    .slice(0, 20);
  return names.length > 0
    ? `${ref} has no SLO of this name; it has ${names.join(', ')}`
    : `${ref} has no SLO; definitions are taken over by the next drift scan`;
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
