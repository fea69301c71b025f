import type { BucketRange } from '../sloWindows';

const BUCKET = 300;

/**
 * The buckets that stretches of time overlap: widened to whole 5 minutes,
 * merged where they meet, in order. Empty stretches are left out.
 *
 * @public
 */
export function excludedBuckets(
  stretches: readonly BucketRange[],
): BucketRange[] {
  const merged: BucketRange[] = [];
  const sorted = stretches
    .filter(({ start, end }) => start < end)
    .map(({ start, end }) => ({
      start: Math.floor(start / BUCKET) * BUCKET,
      end: Math.ceil(end / BUCKET) * BUCKET,
    }))
    .sort((a, b) => a.start - b.start);
  for (const stretch of sorted) {
    const last = merged[merged.length - 1];
    if (last && stretch.start <= last.end) {
      last.end = Math.max(last.end, stretch.end);
    } else {
      merged.push(stretch);
    }
  }
  return merged;
}

/**
 * What is left of a range once the excluded stretches are taken out of it.
 *
 * Law: its length and `excludedSeconds` add up to that of the range.
 *
 * @param options - `excluded`: in order and apart, as `excludedBuckets` gives them
 *
 * @public
 */
export function countedRanges(options: {
  range: BucketRange;
  excluded: readonly BucketRange[];
}): BucketRange[] {
  const { range, excluded } = options;
  const counted: BucketRange[] = [];
  let { start } = range;
  for (const stretch of within(range, excluded)) {
    if (start < stretch.start) {
      counted.push({ start, end: stretch.start });
    }
    start = stretch.end;
  }
  return start < range.end ? [...counted, { start, end: range.end }] : counted;
}

/**
 * How many seconds of a range are excluded.
 *
 * @public
 */
export function excludedSeconds(options: {
  range: BucketRange;
  excluded: readonly BucketRange[];
}): number {
  return within(options.range, options.excluded).reduce(
    (sum, { start, end }) => sum + end - start,
    0,
  );
}

/**
 * How many slices of a range are excluded as a whole: they are neither good
 * nor bad nor missing. One that is excluded in part is judged by the rest.
 *
 * @internal
 */
export function excludedSlices(options: {
  range: BucketRange;
  excluded: readonly BucketRange[];
  sliceSeconds: number;
}): number {
  const { range, excluded, sliceSeconds } = options;
  return within(range, excluded).reduce(
    (sum, { start, end }) =>
      sum +
      Math.max(
        0,
        Math.floor(end / sliceSeconds) - Math.ceil(start / sliceSeconds),
      ),
    0,
  );
}

// The stretches as far as they lie in the range.
function within(
  range: BucketRange,
  stretches: readonly BucketRange[],
): BucketRange[] {
  return stretches
    .map(({ start, end }) => ({
      start: Math.max(start, range.start),
      end: Math.min(end, range.end),
    }))
    .filter(({ start, end }) => start < end);
}
