import { sliceLength } from './sliceLength';
import type { BucketRange, SloWindows } from './sloWindows';
import type { SliBucket, SloDefinition } from './types';

/**
 * What was counted in one stretch of time.
 *
 * @public
 */
export interface SliSum {
  /** Good events, 0 or more. */
  good: number;
  /** All events, 0 or more. */
  total: number;
  /** Seconds of the stretch that have data. */
  coveredSeconds: number;
  /**
   * For sliced methods: slices with traffic, and how many of them are bad
   * (Timeslices) or the sum of their shares of bad events (RatioTimeslices).
   */
  slices?: { count: number; bad: number };
}

/**
 * All an SLO is evaluated from: one sum for its window and one for each burn
 * window, in the order of `SloWindows.burn`.
 *
 * @public
 */
export interface SloSums {
  /** What counts towards the budget. */
  main: SliSum;
  /** One for each burn window. */
  burn: SliSum[];
}

/**
 * Sums buckets over the windows of an SLO. The buckets must not overlap;
 * their order does not matter. Those that overlap excluded time are dropped,
 * good, bad and total alike.
 *
 * @public
 */
export function sumBuckets(options: {
  definition: SloDefinition;
  windows: SloWindows;
  buckets: readonly SliBucket[];
}): SloSums {
  const { definition, windows } = options;
  const excluded = windows.excluded ?? [];
  const buckets = options.buckets.filter(
    ({ start, seconds }) =>
      !excluded.some(
        stretch => stretch.start < start + seconds && stretch.end > start,
      ),
  );
  const sum = (range: BucketRange) => sumRange({ definition, range, buckets });
  return { main: sum(windows.main), burn: windows.burn.map(sum) };
}

/**
 * Sums the buckets that start within a range.
 *
 * @public
 */
export function sumRange(options: {
  definition: SloDefinition;
  range: BucketRange;
  buckets: readonly SliBucket[];
}): SliSum {
  const { definition, range, buckets } = options;
  const sum: SliSum = { good: 0, total: 0, coveredSeconds: 0 };
  const sliceSeconds = sliceLength(definition);
  const slices = new Map<number, { good: number; total: number }>();
  for (const { start, seconds, good, total } of buckets) {
    if (start >= range.start && start < range.end) {
      sum.good += good;
      sum.total += total;
      sum.coveredSeconds += seconds;
      if (sliceSeconds) {
        const key = Math.floor(start / sliceSeconds);
        const slice = slices.get(key) ?? { good: 0, total: 0 };
        slice.good += good;
        slice.total += total;
        slices.set(key, slice);
      }
    }
  }
  if (sliceSeconds) {
    sum.slices = judgeSlices(definition, slices.values());
  }
  return sum;
}

// A slice without traffic has no ratio: it is neither good nor bad.
function judgeSlices(
  definition: SloDefinition,
  slices: Iterable<{ good: number; total: number }>,
): { count: number; bad: number } {
  let count = 0;
  let bad = 0;
  for (const { good, total } of slices) {
    if (total > 0) {
      count += 1;
      if (definition.budgetingMethod === 'RatioTimeslices') {
        bad += (total - good) / total;
      } else if (good / total < (definition.timeSliceTarget ?? 1)) {
        bad += 1;
      }
    }
  }
  return { count, bad };
}
