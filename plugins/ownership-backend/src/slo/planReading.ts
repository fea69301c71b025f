import { createHash } from 'node:crypto';
import {
  sampleLimits,
  sloWindows,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import { fineFrom } from './store/dropOldBuckets';

const BUCKET = 300;
const HOUR = 3600;

/** Buckets that are read again: scrapes and recording rules come late. */
const UNSEALED = 3 * BUCKET;

/**
 * For how long a source that answers without data is asked again for the same
 * time: its clock may be behind, or its data on the way.
 */
const LATE_SECONDS = 2 * HOUR;

/** A stretch of time in seconds since the epoch, the end not included. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * What is to be read of an SLO now: whole hours before the time 5-minute
 * buckets are kept, 5-minute buckets since. At first sight that is all its
 * windows reach back to, later what is new and the last 3 buckets.
 *
 * Law: nothing ends in the running bucket.
 *
 * @param options - `readTo`: up to where it was read, seconds since the epoch
 */
export function planReading(options: {
  definition: SloDefinition;
  fineSeconds: number;
  readTo?: number;
  now: Date;
}): { hours?: Stretch; fine: Stretch } {
  const { definition, fineSeconds, readTo, now } = options;
  const to = endOfReading(now);
  const fine = fineFrom({ now, fineSeconds });
  const { main, burn } = sloWindows({ definition, now, lastDataEnd: to });
  const start = Math.max(
    Math.min(main.start, ...burn.map(range => range.start)),
    to - sampleLimits.retentionSeconds + HOUR,
  );
  const from = inStep(
    to,
    readTo === undefined ? start : Math.max(start, readTo - UNSEALED),
  );
  if (from >= fine) {
    return { fine: { from, to } };
  }
  return {
    hours: { from: Math.floor(from / HOUR) * HOUR, to: fine },
    fine: { from: fine, to },
  };
}

/** End of the last bucket that is over, seconds since the epoch. */
export function endOfReading(now: Date): number {
  return Math.floor(now.getTime() / 1000 / BUCKET) * BUCKET;
}

/**
 * Up to where an SLO counts as read once the source has answered. Without
 * data the time stays open for two hours.
 */
export function settledReadTo(options: {
  readTo: number;
  dataEnd?: number;
  now: Date;
}): number {
  const { readTo, dataEnd = 0, now } = options;
  const open = endOfReading(now) - LATE_SECONDS;
  return Math.min(readTo, Math.max(open, dataEnd));
}

/**
 * Identifies what is read: the queries before the colon, behind it how far
 * back.
 */
export function readingDigest(definition: SloDefinition): string {
  const { indicator, window, timeSliceSeconds } = definition;
  return [indicator, [window, timeSliceSeconds]]
    .map(part =>
      createHash('sha256')
        .update(JSON.stringify(part))
        .digest('hex')
        .slice(0, 31),
    )
    .join(':');
}

/**
 * Whether the queries are the same, however far back they are read. Digests of
 * older versions, which have no colon, do not tell and are taken as the same.
 */
export function asksTheSame(
  a: { source: string; digest: string },
  b: { source: string; digest: string },
): boolean {
  const [before, after] = [a, b].map(({ digest }) => digest.split(':'));
  return (
    a.source === b.source &&
    (before.length < 2 || after.length < 2 || before[0] === after[0])
  );
}

// SLOs of which the last bucket is late still share their queries with the
// others: starts are rounded down to one of a few.
function inStep(to: number, from: number): number {
  const lag = to - from;
  for (const step of [UNSEALED + BUCKET, LATE_SECONDS + UNSEALED]) {
    if (lag <= step) {
      return to - step;
    }
  }
  return Math.floor(from / BUCKET) * BUCKET;
}
