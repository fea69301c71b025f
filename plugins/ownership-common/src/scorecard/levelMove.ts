import type { Scorecard } from './schema';

/**
 * How a component moves between two versions of a scorecard, by the level it
 * reached before and the one it would reach.
 *
 * A level that both versions have stands where the new one has it. One that
 * the new version has not stands as far up as it stood: the second of four is
 * half way. `none` and `unknown` are below all levels and alike: more is known
 * of the one, not reached by either.
 *
 * @param options - `from`, `to`: buckets as of `levelBucket`; absent where the
 * component is not measured
 * @public
 */
export function levelMove(options: {
  before: Pick<Scorecard, 'levels'> | undefined;
  after: Pick<Scorecard, 'levels'>;
  from: string | undefined;
  to: string | undefined;
}): 'up' | 'down' | 'same' | 'added' | 'removed' {
  const { before, after, from, to } = options;
  if (from === undefined) {
    return 'added';
  }
  if (to === undefined) {
    return 'removed';
  }
  const difference = height(after, to) - (standing(before, after, from) ?? 0);
  if (Math.abs(difference) < 1e-9) {
    return 'same';
  }
  return difference > 0 ? 'up' : 'down';
}

function standing(
  before: Pick<Scorecard, 'levels'> | undefined,
  after: Pick<Scorecard, 'levels'>,
  bucket: string,
): number | undefined {
  return after.levels.some(({ id }) => id === bucket)
    ? height(after, bucket)
    : before && height(before, bucket);
}

/** 0 below all levels, 1 at the highest. */
function height(scorecard: Pick<Scorecard, 'levels'>, bucket: string): number {
  return (
    (scorecard.levels.findIndex(({ id }) => id === bucket) + 1) /
    scorecard.levels.length
  );
}
