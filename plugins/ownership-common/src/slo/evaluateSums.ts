import type { AlertMemory } from './alert/trackAlert';
import { budgetUnits } from './budgetUnits';
import { evaluateMeasures } from './evaluateMeasures';
import { excludedSeconds, excludedSlices } from './exclusion/stretches';
import type { SloStatus } from './schema';
import { sliceLength } from './sliceLength';
import type { BucketRange, SloWindows } from './sloWindows';
import type { SliSum, SloSums } from './sumBuckets';
import type { SloDefinition } from './types';

/**
 * Evaluates an SLO from sums over its windows.
 *
 * With B = 1 - T and the units of `budgetUnits`:
 * consumed = bad / (B x N), remaining = 1 - consumed, not clamped;
 * burn rate = (bad / units) / B. N is the number of units in the window. A
 * calendar window knows it for slices (the whole period); for events it does
 * not and takes those to date, marked as estimated.
 *
 * Sources: Google SRE workbook chapter 5; OpenSLO v1, budgetingMethod.
 *
 * @param options - `windows`: from `sloWindows`. `sums`: one sum for each of
 *   the windows. `lastDataEnd`: end of the latest bucket, seconds since the
 *   epoch. `alertMemory`: what is remembered of the alert rows, so that those
 *   that go on firing keep their `since`. `minimumCoverage`: share of the window
 *   that must have data for a verdict, `MINIMUM_COVERAGE` by default.
 *
 * @public
 */
export function evaluateSums(options: {
  definition: SloDefinition;
  windows: SloWindows;
  sums: SloSums;
  now: Date;
  entityRef: string;
  lastDataEnd?: number;
  alertMemory?: readonly AlertMemory[];
  minimumCoverage?: number;
}): SloStatus {
  const { definition, windows, sums } = options;
  const excluded = windows.excluded ?? [];
  const sliceSeconds = sliceLength(definition);
  const measure = (sum: SliSum, range: BucketRange, seconds: number) => ({
    ...budgetUnits({
      definition,
      sum,
      seconds:
        range.end -
        range.start -
        (sliceSeconds
          ? sliceSeconds * excludedSlices({ range, excluded, sliceSeconds })
          : 0),
    }),
    total: sum.total,
    ...(sum.coveredSeconds > 0 && { good: sum.good }),
    coverage: share(
      sum.coveredSeconds,
      seconds - excludedSeconds({ range, excluded }),
    ),
  });
  return evaluateMeasures({
    ...options,
    main: measure(
      sums.main,
      windows.main,
      windows.main.end - windows.main.start,
    ),
    burn: windows.burn.map((range, index) =>
      measure(sums.burn[index], range, range.seconds),
    ),
  });
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}
