import { addIsoDuration, isIsoDuration } from './isoDuration';
import type { OwnershipContract } from './schema';
import { tierRequirements, type TierRequirements } from './tierRequirements';

/**
 * When the next review of a contract is due: the last one plus the cadence of
 * the contract, or else of its tier. `undefined` for a contract that was never
 * reviewed, which is due at once.
 *
 * @public
 */
export function reviewDueAt(
  contract: Pick<OwnershipContract, 'tier' | 'review'>,
  options?: { requirements?: TierRequirements },
): Date | undefined {
  const { reviewedAt, cadence } = contract.review ?? {};
  if (reviewedAt === undefined) {
    return undefined;
  }
  const requirements =
    options?.requirements ?? tierRequirements({ tier: contract.tier });
  const reviewed = new Date(reviewedAt);
  if (Number.isNaN(reviewed.getTime())) {
    return undefined;
  }
  return addIsoDuration({
    to: reviewed,
    duration:
      cadence !== undefined && isIsoDuration(cadence)
        ? cadence
        : requirements.reviewCadence,
  });
}
