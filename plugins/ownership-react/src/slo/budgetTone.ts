import type { Tone } from '../palette';

/**
 * How much budget is left, as a tone: a quarter or less is a warning, nothing
 * is bad. The state of an SLO is the backend's and may be worse.
 *
 * @param remaining - share of the budget, 1 when untouched, negative when overspent
 *
 * @public
 */
export function budgetTone(remaining: number): Tone {
  if (remaining <= 0) {
    return 'bad';
  }
  return remaining <= 0.25 ? 'warning' : 'good';
}
