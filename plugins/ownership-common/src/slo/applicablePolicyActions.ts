import type { OwnershipContract } from '../contract';
import type { PolicyAction, SloStatus } from './schema';

/**
 * When the remaining budget of an SLO was first seen below a limit of its
 * policy.
 *
 * @public
 */
export interface BudgetCrossing {
  /** The limit, a share of the budget. */
  remainingBelow: number;
  /** ISO 8601. */
  since: string;
}

/**
 * The actions of an error-budget policy that apply now, strictest first: those
 * whose `remainingBelow` is above the remaining budget. None where the
 * remaining budget is not known.
 *
 * `remainingBelow: 0` applies once the budget is used up, at exactly 0 as well.
 *
 * @param options - `crossings`: since when each limit has been passed.
 *
 * @public
 */
export function applicablePolicyActions(options: {
  policy: OwnershipContract['errorBudgetPolicy'];
  status: Pick<SloStatus, 'budget'>;
  crossings?: readonly BudgetCrossing[];
}): PolicyAction[] {
  const { policy = [], crossings = [] } = options;
  const remaining = options.status.budget?.remaining;
  if (remaining === undefined) {
    return [];
  }
  return policy
    .filter(({ when }) => isPassed(remaining, when.remainingBelow))
    .sort((a, b) => a.when.remainingBelow - b.when.remainingBelow)
    .map(({ when, action, description }) => {
      const since = crossings.find(
        ({ remainingBelow }) => remainingBelow === when.remainingBelow,
      )?.since;
      return {
        action,
        remainingBelow: when.remainingBelow,
        ...(description && { description }),
        ...(since && { since }),
      };
    });
}

/**
 * Since when each limit of a policy has been passed, from what was known
 * before. While the remaining budget is not known, nothing changes: a freeze
 * does not start anew because the data had a gap.
 *
 * @public
 */
export function budgetCrossings(options: {
  policy: OwnershipContract['errorBudgetPolicy'];
  status: Pick<SloStatus, 'budget'>;
  previous: readonly BudgetCrossing[];
  now: Date;
}): BudgetCrossing[] {
  const { policy = [], previous, now } = options;
  const remaining = options.status.budget?.remaining;
  const limits = [...new Set(policy.map(({ when }) => when.remainingBelow))];
  return limits
    .sort((a, b) => a - b)
    .flatMap(remainingBelow => {
      const before = previous.find(
        crossing => crossing.remainingBelow === remainingBelow,
      );
      if (remaining === undefined) {
        return before ? [before] : [];
      }
      return isPassed(remaining, remainingBelow)
        ? [before ?? { remainingBelow, since: now.toISOString() }]
        : [];
    });
}

function isPassed(remaining: number, limit: number): boolean {
  return remaining < limit || (limit === 0 && remaining <= 0);
}
