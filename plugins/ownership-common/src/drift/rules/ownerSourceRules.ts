import { normalizeRef } from '../../directory';
import type { DriftRule, OwnerFact } from '../types';
import { contractEvidence, contractPlace } from './contractEvidence';
import { OWNER_EXAMPLE, ownerEvidence } from './ownerEvidence';

/**
 * Rules about an owner who is there: whether everybody means the same one, and
 * whether they can carry it.
 *
 * @internal
 */
export const ownerSourceRules: DriftRule[] = [
  {
    id: 'owner-mismatch',
    title: 'The catalog and the contract name different owners',
    why: 'The catalog sends people to one team and the contract to another. Mostly one of the two was forgotten when the component moved.',
    fix: 'Agree on who answers for it, and name the same team as `spec.owner` and in the contract.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: ['owner-multiple', 'owner-not-a-team'],
    example: `spec:
  owner: group:default/payments
  ownershipContract:
    responsibilities:
      code: group:default/payments
`,
    evaluate(facts, { directory }) {
      const code = facts.effective.responsibilities?.code;
      if (!code || facts.owners.length === 0) {
        return { status: 'pass', notAsked: true };
      }
      if (facts.unavailable.directory !== undefined) {
        return {
          status: 'unknown',
          reason: `Groups and users could not be read: ${facts.unavailable.directory}`,
        };
      }
      // A team within the owning one, or the one above it, is the same hand.
      const isSame = ({ ref }: OwnerFact) =>
        ref === code ||
        directory.ancestors(ref).includes(code) ||
        directory.descendants(ref).includes(code) ||
        directory.isMember(code, ref);
      if (facts.owners.some(isSame)) {
        return { status: 'pass' };
      }
      const [owner] = facts.owners;
      const named = directory.get(normalizeRef(code) ?? code)?.title ?? code;
      return {
        status: 'fail',
        message: `The catalog names ${owner.title} as owner, the contract says ${named} answers for the code`,
        evidence: [
          ...ownerEvidence(facts),
          contractEvidence(facts, {
            field: 'responsibilities',
            label: 'Answers for the code',
            value: code,
          }),
        ],
        remediation: `Agree with ${
          owner.ref
        } and ${code} on who answers for it, and correct spec.owner or responsibilities.code in ${contractPlace(
          facts,
        )}.`,
      };
    },
  },
  {
    id: 'owner-overloaded',
    title: 'The owning team has more to answer for than it can',
    why: 'A team with too much looks after none of it. What breaks next is a matter of luck.',
    fix: 'Hand components over, switch some off, or strengthen the team. The Overview lists teams by load.',
    severity: 'low',
    // A finding for each component of such a team: for those who want it so.
    enabledByDefault: false,
    needsOwner: true,
    consequenceOf: ['owner-multiple', 'owner-not-a-team'],
    defaults: {
      /** Tier-weighted components per active member (tier-1 4, tier-2 2, tier-3 and no tier 1, tier-4 0.5) that are still fine. */
      most: 6,
    },
    example: OWNER_EXAMPLE,
    evaluate(facts, { parameters }) {
      const [owner] = facts.owners;
      const load = owner && facts.ownerLoads?.get(owner.ref);
      if (!facts.ownerLoads || load === undefined) {
        return owner?.ref.startsWith('group:')
          ? {
              status: 'unknown',
              reason: 'No scan has counted yet what the team owns',
            }
          : { status: 'pass', notAsked: true };
      }
      if (load <= parameters.most) {
        return { status: 'pass' };
      }
      return {
        status: 'fail',
        message: `${owner.title} answers for more than its size allows`,
        evidence: [
          {
            label: 'Load per active member',
            value: `${load.toFixed(1)}; at most ${parameters.most} is fine`,
            source: 'drift scan',
          },
        ],
        remediation: `Find out with ${owner.ref} what to hand over or to switch off.`,
      };
    },
  } satisfies DriftRule<{ most: number }>,
];
