import type { DriftRule } from '../types';
import { runningComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const EXAMPLE = `spec:
  ownershipContract:
    captain: user:default/ada
`;

/**
 * Rules about the captain: the person who decides when it is urgent.
 *
 * @internal
 */
export const captainRules: DriftRule[] = [
  {
    id: 'captain-missing',
    title: 'No captain is named',
    why: 'When it is urgent somebody has to decide. Without a captain the first hour goes into finding out who.',
    fix: 'Name one person of the owning team as `captain` in the contract.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: EXAMPLE,
    evaluate(facts, { requirements }) {
      const { captain, tier } = facts.effective;
      if (captain !== undefined && !captain.startsWith('user:')) {
        return {
          status: 'fail',
          message: `The captain has to be a person: ${captain} is not a user`,
          evidence: [
            contractEvidence(facts, {
              field: 'captain',
              label: 'Captain',
              value: captain,
            }),
          ],
          remediation: `Name one person as captain in ${contractPlace(facts)}.`,
        };
      }
      if (captain !== undefined) {
        return { status: 'pass' };
      }
      if (!requirements(tier).captain) {
        return { status: 'pass', notAsked: true };
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'fail',
          message: `No captain is named; ${tier ?? 'it'} asks for one`,
          evidence: [
            contractEvidence(facts, {
              field: 'tier',
              label: 'Tier',
              value: tier ?? 'none',
            }),
          ],
          remediation: `Name one person of the owning team as captain in ${contractPlace(
            facts,
          )}.`,
        }
      );
    },
  },
  {
    id: 'captain-left',
    title: 'The captain has left',
    why: 'The person who is to decide is no longer there: an escalation ends with somebody who does not answer.',
    fix: 'Agree on a new captain in the team and name them in the contract.',
    severity: 'high',
    needsOwner: true,
    example: EXAMPLE,
    evaluate(facts, context) {
      const { captain } = facts.effective;
      if (captain === undefined || !captain.startsWith('user:')) {
        return contractUnreadable(facts) ?? { status: 'pass' };
      }
      if (facts.unavailable.directory !== undefined) {
        return unavailable(facts.unavailable.directory);
      }
      const person = context.directory.get(captain);
      if (person?.active) {
        return { status: 'pass' };
      }
      if (!person && context.presence(captain) === 'waiting') {
        return {
          status: 'unknown',
          reason: `${captain} is not in the catalog just now; they count as gone if they stay away`,
          validUntil: context.goneAt(captain),
        };
      }
      return {
        status: 'fail',
        message: person
          ? `The captain, ${person.title}, is no longer active`
          : `The captain, ${captain}, is no longer in the catalog`,
        evidence: [
          contractEvidence(facts, {
            field: 'captain',
            label: 'Captain',
            value: captain,
          }),
        ],
        remediation: `Name a new captain in ${contractPlace(facts)}.`,
      };
    },
  },
  {
    id: 'captain-outside-team',
    title: 'The captain is not on the owning team',
    why: 'The captain decides for a team they do not belong to. Often they moved on and the contract did not follow.',
    fix: 'Name a captain from the owning team, or hand the component over to the captain’s team.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: ['captain-left', 'owner-not-a-team'],
    example: EXAMPLE,
    evaluate(facts, { directory }) {
      const { captain } = facts.effective;
      if (captain === undefined || facts.owners.length === 0) {
        return contractUnreadable(facts) ?? { status: 'pass' };
      }
      if (facts.unavailable.directory !== undefined) {
        return unavailable(facts.unavailable.directory);
      }
      const person = directory.get(captain);
      const owners = facts.owners.filter(({ resolves }) => resolves);
      if (person?.kind !== 'user' || owners.length === 0) {
        return {
          status: 'unknown',
          reason: 'The captain or the owner is not in the catalog',
        };
      }
      if (owners.some(({ ref }) => directory.isMember(captain, ref))) {
        return { status: 'pass' };
      }
      const teams = directory.groupsOf(captain);
      return {
        status: 'fail',
        message: `The captain, ${person.title}, is not on the team ${owners
          .map(({ title }) => title)
          .join(', ')}`,
        evidence: [
          contractEvidence(facts, {
            field: 'captain',
            label: 'Captain',
            value: captain,
          }),
          {
            label: 'Teams of the captain',
            value: teams.join(', ') || 'none',
            source: 'catalog',
          },
        ],
        remediation: `Name a captain from ${owners[0].ref} in ${contractPlace(
          facts,
        )}, or hand the component over.`,
      };
    },
  },
];

function unavailable(reason: string) {
  return {
    status: 'unknown' as const,
    reason: `Groups and users could not be read: ${reason}`,
  };
}
