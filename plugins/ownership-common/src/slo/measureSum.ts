import { budgetUnits } from './budgetUnits';
import type { Measure } from './evaluateMeasures';
import { excludedSeconds, excludedSlices } from './exclusion/stretches';
import { sliceLength } from './sliceLength';
import type { BucketRange } from './sloWindows';
import type { SliSum } from './sumBuckets';
import type { SloDefinition } from './types';

/**
 * What was measured in one window of an SLO: its units, and the share of the
 * time that counts for which there is data.
 *
 * @param options - `seconds`: length of the window, where it is not that of the
 *   range: a range begins and ends on buckets or slices.
 *
 * @internal
 */
export function measureSum(options: {
  definition: SloDefinition;
  sum: SliSum;
  range: BucketRange;
  seconds?: number;
  excluded: readonly BucketRange[];
}): Measure {
  const { definition, sum, range, excluded } = options;
  const { seconds = range.end - range.start } = options;
  const sliceSeconds = sliceLength(definition);
  const slices = sliceSeconds
    ? excludedSlices({ range, excluded, sliceSeconds })
    : 0;
  const counted = seconds - excludedSeconds({ range, excluded });
  return {
    ...budgetUnits({
      definition,
      sum,
      seconds: range.end - range.start - slices * (sliceSeconds ?? 0),
    }),
    total: sum.total,
    ...(sum.coveredSeconds > 0 && { good: sum.good }),
    coverage: counted > 0 ? Math.min(1, sum.coveredSeconds / counted) : 0,
  };
}
