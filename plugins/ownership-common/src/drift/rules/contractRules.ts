import { reviewDueAt } from '../../contract';
import type { DriftRule } from '../types';
import { lastingComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const EXAMPLE = `spec:
  ownershipContract:
    tier: tier-2
    mission: Takes a cart to a paid order.
    captain: user:default/ada
    review: { reviewedAt: 2026-09-01, cadence: P180D }
`;

const MAX_PROBLEMS = 20;

/**
 * Rules about the contract as a whole.
 *
 * @internal
 */
export const contractRules: DriftRule[] = [
  {
    id: 'contract-duplicate',
    title: 'There is more than one contract',
    why: 'Two contracts can say two things. None of them is used until one is left, so the component has none.',
    fix: 'Keep one: inline, in a file beside the catalog file, or as an OwnershipContract entity.',
    severity: 'high',
    example: EXAMPLE,
    evaluate(facts) {
      const { status, sources } = facts.contract;
      if (status !== 'duplicate') {
        return contractUnreadable(facts) ?? { status: 'pass' };
      }
      return {
        status: 'fail',
        message: `${sources.length} contracts name this component; none is used`,
        evidence: sources.map(({ form, entityRef }) => ({
          label: 'Contract',
          value:
            form === 'entity'
              ? entityRef
              : `${form === 'file' ? 'file of' : 'inline in'} ${entityRef}`,
          source: 'catalog',
        })),
        remediation: `Keep one of ${sources
          .map(({ entityRef }) => entityRef)
          .join(', ')} and remove the others.`,
      };
    },
  },
  {
    id: 'contract-invalid',
    title: 'The contract has errors',
    why: 'A contract with errors is not used: captain, on-call and runbooks are as if nobody had written them.',
    fix: 'Correct what the evidence lists. Editors check it while you type with the published JSON Schema.',
    severity: 'high',
    example: EXAMPLE,
    evaluate(facts) {
      const { status, errors, warnings } = facts.contract;
      if (status !== 'invalid') {
        return contractUnreadable(facts) ?? { status: 'pass' };
      }
      const [first] = errors;
      const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
      return {
        status: 'fail',
        message: `The contract has errors: ${
          first?.path ? `${first.path}: ` : ''
        }${first?.message ?? 'not readable'}${more}`,
        evidence: [
          ...errors.map(problem => ({ label: 'Error', ...problem })),
          ...warnings.map(problem => ({ label: 'Warning', ...problem })),
        ]
          .slice(0, MAX_PROBLEMS)
          .map(({ label, message, path, line, column }) => ({
            label: path ? `${label} at ${path}` : label,
            value: message,
            source:
              line === undefined
                ? 'contract'
                : `contract, line ${line}${column ? `, column ${column}` : ''}`,
          })),
        remediation: `Correct ${contractPlace(facts)}.`,
      };
    },
  },
  {
    id: 'contract-missing',
    title: 'There is no ownership contract',
    why: 'The owner is known, but not what the team promises: whom to call at night, what to do, how good is good enough.',
    fix: 'Add a contract beside the catalog file. The Ownership tab of the component has one ready to copy.',
    severity: 'low',
    needsOwner: true,
    appliesTo: lastingComponents,
    example: EXAMPLE,
    evaluate(facts) {
      if (facts.contract.status !== 'missing') {
        return contractUnreadable(facts) ?? { status: 'pass' };
      }
      const { tier } = facts.effective;
      const matters = tier === 'tier-1' || tier === 'tier-2';
      return {
        status: 'fail',
        message: matters
          ? `There is no ownership contract for this ${tier} component`
          : 'There is no ownership contract',
        evidence: [
          {
            label: 'Contract',
            value: 'none',
            source:
              'catalog, spec.ownershipContract and OwnershipContract entities',
          },
          ...(tier
            ? [
                contractEvidence(facts, {
                  field: 'tier',
                  label: 'Tier',
                  value: tier,
                }),
              ]
            : []),
        ],
        remediation: `Add ${contractPlace(
          facts,
        )}; the Ownership tab has one ready to copy.`,
        severity: matters ? 'medium' : undefined,
      };
    },
  },
  {
    id: 'contract-review-overdue',
    title: 'The contract is due for review',
    why: 'Teams, systems and phone numbers change. What nobody has confirmed for long is probably no longer right.',
    fix: 'Read the contract and confirm it on the Ownership tab, or change it and set `review.reviewedAt`.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    example: EXAMPLE,
    evaluate(facts, { now, requirements }) {
      const unreadable = contractUnreadable(facts);
      if (unreadable) {
        return unreadable;
      }
      if (facts.contract.status !== 'valid') {
        return {
          status: 'unknown',
          reason: 'There is no valid contract that could be reviewed',
        };
      }
      const { effective } = facts;
      const dueAt = reviewDueAt(effective, {
        requirements: requirements(effective.tier),
        now,
      });
      if (dueAt && dueAt > now) {
        return { status: 'pass', validUntil: dueAt };
      }
      const reviewedAt = effective.review?.reviewedAt;
      const remediation =
        'Read the contract on the Ownership tab and confirm that it is still right, or correct it.';
      if (!dueAt) {
        return {
          status: 'fail',
          message: reviewedAt
            ? `The contract names a review on ${reviewedAt.slice(
                0,
                10,
              )}, which is yet to come`
            : 'Nobody has confirmed the contract yet',
          evidence: [
            contractEvidence(facts, {
              field: 'review',
              label: 'Last review',
              value: reviewedAt ?? 'none',
            }),
          ],
          remediation,
          validUntil: reviewedAt ? new Date(reviewedAt) : undefined,
        };
      }
      return {
        status: 'fail',
        message: `The review of the contract was due on ${day(dueAt)}`,
        evidence: [
          contractEvidence(facts, {
            field: 'review.reviewedAt',
            label: 'Last review',
            value: reviewedAt ?? 'none',
          }),
          contractEvidence(facts, {
            field: 'review.cadence',
            label: 'To be reviewed every',
            value:
              effective.review?.cadence ??
              requirements(effective.tier).reviewCadence,
          }),
        ],
        remediation,
      };
    },
  },
];

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
