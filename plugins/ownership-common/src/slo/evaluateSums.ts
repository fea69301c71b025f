import type { AlertMemory } from './alert/trackAlert';
import { evaluateMeasures } from './evaluateMeasures';
import { measureSum } from './measureSum';
import type { SloStatus } from './schema';
import type { SloWindows } from './sloWindows';
import type { SloSums } from './sumBuckets';
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
  return evaluateMeasures({
    ...options,
    main: measureSum({
      definition,
      sum: sums.main,
      range: windows.main,
      excluded,
    }),
    burn: windows.burn.map((range, index) =>
      measureSum({
        definition,
        sum: sums.burn[index],
        range,
        seconds: range.seconds,
        excluded,
      }),
    ),
  });
}
