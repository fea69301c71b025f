import { addIsoDuration, isIsoDuration } from './isoDuration';
import type { OwnershipContract } from './schema';
import { tierRequirements, type TierRequirements } from './tierRequirements';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether a date on which something is said to have been done is still to come:
 * a slip of the pen that says nothing. A day of grace covers those who are
 * ahead of UTC.
 *
 * @public
 */
export function isYetToCome(date: string, now: Date): boolean {
  return Date.parse(date) > now.getTime() + DAY_MS;
}

/**
 * When the next review of a contract is due: the last one plus the cadence of
 * the contract, or else of its tier. `undefined` for a contract that was never
 * reviewed, which is due at once.
 *
 * @param options - `now`: with it, a review that is yet to come counts for none.
 *
 * @public
 */
export function reviewDueAt(
  contract: Pick<OwnershipContract, 'tier' | 'review'>,
  options?: { requirements?: TierRequirements; now?: Date },
): Date | undefined {
  const { reviewedAt, cadence } = contract.review ?? {};
  if (
    reviewedAt === undefined ||
    (options?.now && isYetToCome(reviewedAt, options.now))
  ) {
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
