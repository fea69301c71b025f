import {
  isYetToCome,
  reviewDueAt,
  type ContractState,
  type EffectiveContract,
  type EntityOwnership,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The contract and its review as they are now: an attestation later than the
 * review in the contract takes its place, even if no scan saw it yet. A
 * contract that was never reviewed is overdue.
 */
export function reviewNow(options: {
  contract: EffectiveContract;
  contractStatus: ContractState['status'];
  entityRef: string;
  attestation?: { at: string; by: string };
  requirements: TierRequirements;
  now: Date;
}): {
  contract: EffectiveContract;
  review: EntityOwnership['review'];
} {
  const { contractStatus, entityRef, attestation, requirements, now } = options;
  let { contract } = options;

  const declaredAt = contract.review?.reviewedAt;
  if (
    attestation &&
    (!declaredAt ||
      new Date(declaredAt) < new Date(attestation.at) ||
      isYetToCome(declaredAt, now))
  ) {
    const place = {
      source: 'attestation',
      location: 'portal',
      entityRef,
    } as const;
    contract = {
      ...contract,
      review: {
        ...contract.review,
        reviewedAt: attestation.at,
        reviewedBy: attestation.by,
      },
      provenance: {
        ...contract.provenance,
        'review.reviewedAt': place,
        'review.reviewedBy': place,
      },
    };
  }

  const hasContract = contractStatus === 'valid';
  if (!hasContract && !contract.review?.reviewedAt) {
    return { contract, review: undefined };
  }
  const dueAt = reviewDueAt(contract, { requirements, now });
  return {
    contract,
    review: {
      reviewedAt: contract.review?.reviewedAt,
      reviewedBy: contract.review?.reviewedBy,
      dueAt: dueAt?.toISOString(),
      overdue: dueAt ? dueAt <= now : hasContract,
    },
  };
}
