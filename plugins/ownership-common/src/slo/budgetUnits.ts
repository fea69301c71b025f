import { sliceLength } from './sliceLength';
import type { SliSum } from './sumBuckets';
import type { SloDefinition } from './types';

/**
 * What the budget of an SLO is counted in: events, or slices.
 *
 * | method | units | bad |
 * |---|---|---|
 * | Occurrences | all events | bad events |
 * | Timeslices | slices | slices with good/total below the slice target |
 * | RatioTimeslices | slices | sum over the slices of bad/total |
 *
 * The error rate of a stretch is bad / units for every method, and the rest
 * of the arithmetic is the same for all three.
 *
 * @public
 */
export interface BudgetUnits {
  /** How many there are, 0 or more. */
  units: number;
  /** How many of them are bad. */
  bad: number;
  /** Slices without data or traffic; 0 for Occurrences. */
  missing: number;
}

/**
 * Counts the units of a stretch. Slices without data are left out, or count
 * as good or bad, as the SLO's policy says.
 *
 * @param options - `seconds`: length of the stretch.
 *
 * @public
 */
export function budgetUnits(options: {
  definition: SloDefinition;
  sum: SliSum;
  seconds: number;
}): BudgetUnits {
  const { definition, sum, seconds } = options;
  const slice = sliceLength(definition);
  if (!slice) {
    const bad = sum.total - sum.good;
    // Sums of fractions leave dust in the last digits; dust is not an error.
    return {
      units: sum.total,
      bad: bad > sum.total * 1e-12 ? bad : 0,
      missing: 0,
    };
  }
  const { count = 0, bad = 0 } = sum.slices ?? {};
  const missing = Math.max(0, Math.floor(seconds / slice) - count);
  const policy = definition.noDataSlices;
  return {
    units: policy === 'ignore' ? count : count + missing,
    bad: policy === 'bad' ? bad + missing : bad,
    missing,
  };
}
