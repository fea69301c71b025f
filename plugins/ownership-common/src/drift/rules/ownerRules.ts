import type {
  ComponentFacts,
  DriftRule,
  OwnerFact,
  RuleContext,
  RuleOutcome,
} from '../types';
import { minuteText } from '../minuteText';
import {
  nobodyAnswers,
  ownerCondition,
  type OwnerCondition,
} from './ownerCondition';
import { nameAnOwner, OWNER_EXAMPLE, ownerEvidence } from './ownerEvidence';
import { describeUnresolvable, resolveOwner } from './unresolvableOwner';
import { placeholderRule } from './placeholderRule';

/**
 * Rules about who owns a component.
 *
 * @internal
 */
export const ownerRules: DriftRule[] = [
  {
    id: 'owner-missing',
    title: 'Nobody is named as owner',
    why: 'When it breaks, nobody knows whom to call, and nobody decides what happens to it.',
    fix: 'Name the team that answers for it as `spec.owner` in its catalog file. The suggested owners are a place to start asking.',
    severity: 'critical',
    orphans: true,
    example: OWNER_EXAMPLE,
    evaluate(facts) {
      if (facts.owners.length > 0) {
        return { status: 'pass' };
      }
      return {
        status: 'fail',
        message: 'Nobody is named as owner',
        evidence: ownerEvidence(facts),
        remediation: nameAnOwner(facts, 'the team that answers for it'),
      };
    },
  },
  placeholderRule,
  {
    id: 'owner-unresolvable',
    title: 'The owner is not in the catalog',
    why: 'The team was dissolved, renamed, misspelt or never brought into the catalog. Pages, reviews and questions go to an address nobody reads.',
    fix: 'Name the team that answers for it now as `spec.owner`, or bring the group into the organisation data. Components often share the ref: mend it once for all of them.',
    severity: 'critical',
    orphans: true,
    consequenceOf: ['owner-placeholder'],
    example: OWNER_EXAMPLE,
    evaluate(facts, context) {
      return aboutOwners('unresolvable', facts, context, owner => ({
        message: describeUnresolvable(owner, facts),
        remediation: resolveOwner(owner, facts, context),
        since: owner.unresolvedSince,
      }));
    },
  },
  {
    id: 'owner-empty-group',
    title: 'Nobody is on the owning team',
    why: 'The team exists on paper only: neither it nor any group below it has a member who could answer.',
    fix: 'Add the members of the team to the organisation data, or name the team that does the work as `spec.owner`.',
    severity: 'critical',
    orphans: true,
    consequenceOf: ['owner-placeholder'],
    example: `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: payments
spec:
  type: team
  children: []
  members: [ada, grace]
`,
    evaluate(facts, context) {
      return aboutOwners('empty', facts, context, owner => ({
        message: describeEmpty(owner, context),
        remediation: `Add members to ${
          owner.ref
        }, or hand the component over. ${nameAnOwner(
          facts,
          'the team that answers for it now',
        )}`,
      }));
    },
  },
  {
    id: 'owner-inactive',
    title: 'Everybody who owned it has left',
    why: 'The owner is a person who has left, or a team of which everybody has: the name is known, but nobody is there.',
    fix: 'Name a team that is there as `spec.owner`, or bring the organisation data up to date.',
    severity: 'critical',
    orphans: true,
    consequenceOf: ['owner-placeholder'],
    example: OWNER_EXAMPLE,
    evaluate(facts, context) {
      return aboutOwners('inactive', facts, context, owner => ({
        message:
          owner.memberCount > 0
            ? `Everybody on the team ${named(owner)} is inactive`
            : `${named(owner)} is no longer active`,
        remediation: nameAnOwner(facts, 'a team that is there'),
      }));
    },
  },
  {
    id: 'owner-not-a-team',
    title: 'It is owned by a person, not a team',
    why: 'People go on holiday and change jobs; a team stays. One person cannot be on call all year.',
    fix: 'Name the team as `spec.owner`, and the person as `captain` in the contract.',
    severity: 'medium',
    consequenceOf: ['owner-placeholder'],
    example: `spec:
  owner: group:default/payments
  ownershipContract:
    captain: user:default/ada
`,
    evaluate(facts, context) {
      if (facts.unavailable.directory !== undefined) {
        return directoryUnavailable(facts);
      }
      // A person who is gone is the finding of owner-unresolvable or
      // owner-inactive; that it was a person is then beside the point.
      const person = facts.owners.find(
        owner =>
          owner.ref.startsWith('user:') &&
          ownerCondition(owner, context) === 'answers',
      );
      if (!person) {
        return { status: 'pass' };
      }
      const [group] = context.directory.groupsOf(person.ref);
      return {
        status: 'fail',
        message: `It is owned by a person, ${named(person)}, not by a team`,
        evidence: [
          ...ownerEvidence(facts),
          ...(group
            ? [
                {
                  label: 'Team of this person',
                  value: group,
                  source: 'catalog',
                },
              ]
            : []),
        ],
        remediation: nameAnOwner(
          facts,
          group ? `a team, perhaps ${group}` : `the team of ${person.ref}`,
        ),
      };
    },
  },
  {
    id: 'owner-multiple',
    title: 'More than one owner answers for it',
    why: 'What two teams answer for, neither does: each expects the other to act.',
    fix: 'Keep the team that is accountable as the one owner. Shared work can be divided under `responsibilities` in the contract.',
    severity: 'medium',
    consequenceOf: ['owner-placeholder'],
    example: `spec:
  owner: group:default/payments
  ownershipContract:
    responsibilities:
      infrastructure: group:default/platform
`,
    evaluate(facts, context) {
      const known = facts.unavailable.directory === undefined;
      // An owner that is gone has a finding of its own.
      const owners = facts.owners.filter(
        owner =>
          !known ||
          ['answers', 'waiting'].includes(ownerCondition(owner, context)),
      );
      if (owners.length < 2) {
        return { status: 'pass' };
      }
      return {
        status: 'fail',
        message: `${owners.length} owners are named: ${owners
          .slice(0, 5)
          .map(({ ref }) => ref)
          .join(', ')}`,
        evidence: ownerEvidence(facts),
        remediation: nameAnOwner(facts, 'the one team that is accountable'),
      };
    },
  },
];

function aboutOwners(
  condition: OwnerCondition,
  facts: ComponentFacts,
  context: RuleContext,
  describe: (owner: OwnerFact) => {
    message: string;
    remediation: string;
    since?: Date;
  },
): RuleOutcome {
  if (facts.owners.length === 0) {
    return { status: 'pass' };
  }
  if (facts.unavailable.directory !== undefined) {
    return directoryUnavailable(facts);
  }
  const conditions = facts.owners.map(owner => ownerCondition(owner, context));
  const found = facts.owners[conditions.indexOf(condition)];
  if (found && condition === 'empty' && context.directory.userCount === 0) {
    return {
      status: 'unknown',
      reason: `The catalog has no users, so nobody can tell who is on ${named(
        found,
      )}`,
      orphans: !conditions.includes('answers'),
    };
  }
  if (found) {
    const { message, remediation, since } = describe(found);
    return {
      status: 'fail',
      message,
      remediation,
      evidence: [
        ...ownerEvidence(facts),
        ...(since
          ? [
              {
                label: 'Missing since',
                value: minuteText(since),
                source: 'drift scan',
              },
            ]
          : []),
      ],
      orphans: nobodyAnswers(facts, context),
    };
  }
  const waiting = facts.owners[conditions.indexOf('waiting')];
  return waiting
    ? {
        status: 'unknown',
        reason: `${waiting.ref} is not in the catalog just now; it counts as gone if it stays away`,
        validUntil: context.goneAt(waiting.ref),
        orphans: !conditions.includes('answers'),
      }
    : { status: 'pass' };
}

function describeEmpty(owner: OwnerFact, context: RuleContext): string {
  const unknown = context.directory.get(owner.ref)?.unknownMemberCount ?? 0;
  return `Nobody is on this team: ${
    unknown > 0
      ? `none of the members that ${named(owner)} names is in the catalog`
      : `${named(owner)} has no members`
  }`;
}

function directoryUnavailable(facts: ComponentFacts): RuleOutcome {
  return {
    status: 'unknown',
    reason: `Groups and users could not be read: ${facts.unavailable.directory}`,
  };
}

function named(owner: OwnerFact): string {
  return owner.ref.endsWith(`/${owner.title.toLocaleLowerCase('en-US')}`)
    ? owner.title
    : `${owner.title} (${owner.ref})`;
}
