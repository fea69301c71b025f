import type { SliSample } from './schema';
import type { SliBucket } from './types';

/**
 * Limits of a pushed sample, in seconds and events.
 *
 * @public
 */
export const sampleLimits = {
  /** Lengths are multiples of this, and samples start on it. */
  bucketSeconds: 300,
  /** Longest sample: an hour. More would say nothing about burn rates. */
  maxDurationSeconds: 3600,
  /** How far a sample may reach into the future: clocks differ. */
  futureSkewSeconds: 300,
  /** Oldest data that is kept: 400 days. */
  retentionSeconds: 400 * 86_400,
  /** Above this, whole numbers are not exact any more. */
  maxCount: Number.MAX_SAFE_INTEGER,
} as const;

/**
 * Checks a pushed sample and cuts it into the 5-minute buckets it is stored
 * as; a longer sample is spread evenly. `message` says what is wrong and what
 * is accepted.
 *
 * Law: the buckets of a sample add up to it.
 *
 * @public
 */
export function checkSample(options: {
  sample: SliSample;
  now: Date;
}): { buckets: SliBucket[] } | { message: string } {
  const { sample, now } = options;
  const { durationSeconds, good, total } = sample;
  const { bucketSeconds, maxDurationSeconds } = sampleLimits;
  if (
    !Number.isInteger(durationSeconds / bucketSeconds) ||
    durationSeconds < bucketSeconds ||
    durationSeconds > maxDurationSeconds
  ) {
    return {
      message: `durationSeconds must be a multiple of ${bucketSeconds} from ${bucketSeconds} to ${maxDurationSeconds}, got ${durationSeconds}`,
    };
  }
  const start = readMoment(sample.start);
  if (start === undefined) {
    return {
      message:
        'start must be a moment as ISO 8601 with a zone, for example 2026-11-21T08:00:00Z',
    };
  }
  if (start % bucketSeconds !== 0) {
    return {
      message: 'start must be at a full 5 minutes, for example 08:05:00',
    };
  }
  const clock = now.getTime() / 1000;
  if (
    start + durationSeconds >
    clock + bucketSeconds + sampleLimits.futureSkewSeconds
  ) {
    return {
      message: `the sample ends in the future: it may reach at most to the end of the running 5 minutes (now is ${now.toISOString()})`,
    };
  }
  if (start < clock - sampleLimits.retentionSeconds) {
    return { message: 'the sample is older than 400 days, which is not kept' };
  }
  for (const [name, count] of [
    ['good', good],
    ['total', total],
  ] as const) {
    if (!Number.isFinite(count) || count < 0 || count > sampleLimits.maxCount) {
      return {
        message: `${name} must be a number from 0 to ${sampleLimits.maxCount}, got ${count}`,
      };
    }
  }
  if (good > total) {
    return {
      message: `good must be at most total, got ${good} of ${total}`,
    };
  }
  const parts = durationSeconds / bucketSeconds;
  return {
    buckets: Array.from({ length: parts }, (_, index) => ({
      start: start + index * bucketSeconds,
      seconds: bucketSeconds,
      good: good / parts,
      total: total / parts,
    })),
  };
}

// Without a zone a moment means another time on every machine.
function readMoment(text: string): number | undefined {
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  ) {
    return undefined;
  }
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
