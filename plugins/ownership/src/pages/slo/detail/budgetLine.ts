import {
  burnDown,
  errorBudget,
  rollingBudget,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BudgetPoint,
  BurnDownPoint,
  SloHistory,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { windowSeconds } from './range';
import type { RangeQueries } from './range';

/**
 * The remaining budget of what is shown, worked out with what was before.
 *
 * @internal
 */
export function budgetLine(options: {
  status: SloStatus;
  queries: RangeQueries;
  shown: SloHistory;
  before?: SloHistory;
}): Array<BudgetPoint & Partial<BurnDownPoint>> {
  const { status, queries, shown, before } = options;
  const { objective } = status;
  const now = new Date(status.evaluatedAt);
  const { stepSeconds } = shown;
  if (queries.budget === 'rolling') {
    return rollingBudget({
      points: shown.points,
      stepSeconds,
      windowSeconds: windowSeconds(status),
      objective,
      from: queries.from,
      now,
    });
  }
  if (queries.budget === 'period') {
    return burnDown({
      points: before?.points ?? [],
      stepSeconds: before?.stepSeconds ?? stepSeconds,
      objective,
      window: status.window,
      now,
      units: before && periodUnits(status, before),
    });
  }
  const meet = Date.parse(queries.shown.from);
  const earlier = (before?.points ?? []).map(step => ({
    ...step,
    seconds: Math.min(
      before!.stepSeconds,
      (meet - Date.parse(step.start)) / 1000,
    ),
  }));
  return burnDown({
    points: [...earlier, ...shown.points],
    stepSeconds,
    objective,
    window: status.window,
    now,
    units: periodUnits(status, shown),
  }).filter(({ at }) => at >= queries.from);
}

/**
 * The slices of a whole calendar period, which are more than those there were
 * so far: what the budget allows, remaining / share of it, over 1 - objective.
 */
function periodUnits(
  status: SloStatus,
  history: SloHistory,
): number | undefined {
  const { budget, objective, window } = status;
  const sliced = history.points.some(point => point.slices);
  return sliced && window.type === 'calendar' && budget?.remaining
    ? budget.remainingEvents / budget.remaining / errorBudget(objective)
    : undefined;
}
