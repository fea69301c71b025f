import type { BucketRange } from '../sloWindows';
import { expandExclusion } from './expandExclusion';
import type { ExclusionRule } from './types';

/**
 * An exclusion as far as the arithmetic needs it.
 *
 * @public
 */
export interface Exclusion {
  /** Its id. */
  id: string;
  /** Why the time does not count. */
  reason: string;
  /** When it is. */
  rule: ExclusionRule;
  /** From when on it does not apply any more, in seconds since the epoch; 0 as though it never had. */
  endedAt?: number;
}

/**
 * The stretches of exclusions that overlap a range, in order, each with its
 * exclusion; they may overlap one another.
 *
 * @param options - `range`: seconds since the epoch
 *
 * @public
 */
export function exclusionStretches(options: {
  exclusions: readonly Exclusion[];
  range: BucketRange;
}): Array<BucketRange & { id: string; reason: string }> {
  const { exclusions, range } = options;
  return exclusions
    .flatMap(({ id, reason, rule, endedAt = Infinity }) =>
      expandExclusion({ rule, range })
        .map(({ start, end }) => ({ start, end: Math.min(end, endedAt) }))
        .filter(({ start, end }) => start < end && end > range.start)
        .map(stretch => ({ ...stretch, id, reason })),
    )
    .sort((a, b) => a.start - b.start);
}
