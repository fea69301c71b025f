import type { BurnDownStep } from './burnDown';
import { errorBudget } from './errorBudget';

/**
 * The remaining budget at one moment.
 *
 * @public
 */
export interface BudgetPoint {
  /** End of the step, milliseconds since the epoch. */
  at: number;
  /** Remaining budget of the window that ends there; absent in a gap. */
  remaining?: number;
}

/**
 * The remaining budget of a rolling window as it moves on: at each moment t
 * 1 - bad / (B x N) over the window that ends at t. Unlike a burn-down it rises
 * again as what was bad leaves the window.
 *
 * @param options - `points`: steps of equal length, oldest first, from one
 *   window before `from` on. `windowSeconds`: rounded to whole steps. `from`:
 *   the first moment wanted, milliseconds since the epoch.
 *
 * @public
 */
export function rollingBudget(options: {
  points: readonly BurnDownStep[];
  stepSeconds: number;
  windowSeconds: number;
  objective: number;
  from: number;
  now: Date;
}): BudgetPoint[] {
  const { points, stepSeconds, windowSeconds, objective, from, now } = options;
  const length = Math.max(1, Math.round(windowSeconds / stepSeconds));
  const budget = errorBudget(objective);
  const line: BudgetPoint[] = [];
  // Sums up to each step: a difference of two is the sum of a window.
  const units = [0];
  const bad = [0];
  points.forEach((step, index) => {
    const { slices } = step;
    units.push(units[index] + (slices ? slices.count : step.total));
    bad.push(bad[index] + (slices ? slices.bad : step.total - step.good));
    const start = Math.max(0, index + 1 - length);
    const end = Date.parse(step.start) + stepSeconds * 1000;
    const at = Math.min(end, now.getTime());
    if (at >= from) {
      const allowed = budget * (units[index + 1] - units[start]);
      const used = bad[index + 1] - bad[start];
      line.push({
        at,
        ...(step.coverage > 0 && {
          remaining: allowed > 0 ? 1 - used / allowed : 1,
        }),
      });
    }
  });
  return line;
}
