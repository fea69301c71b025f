import { errorBudget } from './errorBudget';

/**
 * One step of the history of an SLO, as the API gives it.
 *
 * @public
 */
export interface BurnDownStep {
  /** ISO 8601 in UTC. */
  start: string;
  /** Good events, 0 or more. */
  good: number;
  /** All events, 0 or more. */
  total: number;
  /** Share of the step with data; 0 is a gap. */
  coverage: number;
  /** What the budget counts, where that is not events. */
  slices?: { count: number; bad: number };
  /** Length in seconds, where it is another than that of the other steps. */
  seconds?: number;
}

/**
 * One point of a burn-down chart.
 *
 * @public
 */
export interface BurnDownPoint {
  /** End of the step, milliseconds since the epoch. */
  at: number;
  /** Remaining budget, 1 at the start of the window, negative when overspent; absent in a gap. */
  remaining?: number;
  /** What would remain if the budget were used evenly: from 1 down to 0. */
  ideal: number;
}

/**
 * The remaining budget over a window: remaining(t) = 1 - bad up to t / (B x N)
 * with N the units of the whole window. The last point is the remaining budget
 * of the status; in a gap the budget stays where it was and no point is drawn.
 *
 * @param options - `points`: steps, oldest first, each `stepSeconds` long
 *   unless it says otherwise. `window`:
 *   start and end as in the status, ISO 8601. `units`: N, where it is known to
 *   be other than the sum of the points: the slices of a whole calendar period.
 *
 * @public
 */
export function burnDown(options: {
  points: readonly BurnDownStep[];
  stepSeconds: number;
  objective: number;
  window: { start: string; end: string };
  now: Date;
  units?: number;
}): BurnDownPoint[] {
  const { points, stepSeconds, objective, now } = options;
  const start = Date.parse(options.window.start);
  const end = Date.parse(options.window.end);
  const ideal = (at: number) =>
    Math.min(1, Math.max(0, 1 - (at - start) / (end - start)));
  const count = (step: BurnDownStep) =>
    step.slices
      ? { units: step.slices.count, bad: step.slices.bad }
      : { units: step.total, bad: step.total - step.good };

  const within = points.filter(step => {
    const at = Date.parse(step.start);
    const length = (step.seconds ?? stepSeconds) * 1000;
    return at + length > start && at < end && at <= now.getTime();
  });
  const units =
    options.units ?? within.reduce((sum, step) => sum + count(step).units, 0);
  const allowed = errorBudget(objective) * units;
  let bad = 0;
  return [
    { at: start, remaining: 1, ideal: 1 },
    ...within.map((step): BurnDownPoint => {
      bad += count(step).bad;
      const at = Math.min(
        Date.parse(step.start) + (step.seconds ?? stepSeconds) * 1000,
        end,
        now.getTime(),
      );
      return {
        at,
        ...(step.coverage > 0 && {
          remaining: allowed > 0 ? 1 - bad / allowed : 1,
        }),
        ideal: ideal(at),
      };
    }),
  ];
}
