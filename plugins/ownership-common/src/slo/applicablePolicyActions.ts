import type { OwnershipContract } from '../contract';
import type { SloDetail, SloStatus } from './schema';

/**
 * The actions of an error-budget policy that apply now, strictest first: those
 * whose `remainingBelow` is above the remaining budget. None where the
 * remaining budget is not known.
 *
 * `remainingBelow: 0` applies once the budget is used up, at exactly 0 as well.
 *
 * @public
 */
export function applicablePolicyActions(options: {
  policy: OwnershipContract['errorBudgetPolicy'];
  status: Pick<SloStatus, 'budget'>;
}): SloDetail['policyActions'] {
  const remaining = options.status.budget?.remaining;
  if (remaining === undefined) {
    return [];
  }
  return (options.policy ?? [])
    .filter(
      ({ when }) =>
        remaining < when.remainingBelow ||
        (when.remainingBelow === 0 && remaining <= 0),
    )
    .sort((a, b) => a.when.remainingBelow - b.when.remainingBelow)
    .map(({ when, action, description }) => ({
      action,
      remainingBelow: when.remainingBelow,
      ...(description && { description }),
    }));
}
