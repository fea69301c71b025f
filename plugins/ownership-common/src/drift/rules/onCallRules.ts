import { isIsoDuration, isoDurationMilliseconds } from '../../contract';
import type {
  ComponentFacts,
  DriftRule,
  RuleContext,
  RuleOutcome,
} from '../types';
import { runningComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

/**
 * Rules about who is called when it breaks.
 *
 * @internal
 */
export const onCallRules: DriftRule[] = [
  {
    id: 'on-call-missing',
    title: 'Nobody is on call for it',
    why: 'Its tier promises that somebody answers at any hour, and no rotation says who.',
    fix: 'Name the rotation under `onCall` in the contract, or with the annotation of the on-call tool in the catalog file.',
    severity: 'high',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: `spec:
  ownershipContract:
    onCall: { provider: pagerduty, ref: PABC123 }
`,
    evaluate(facts, { requirements }) {
      const { onCall, tier } = facts.effective;
      if (onCall) {
        return { status: 'pass' };
      }
      if (!requirements(tier).onCall) {
        return { status: 'pass', notAsked: true };
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'fail',
          message: `No on-call rotation is named; ${tier ?? 'it'} asks for one`,
          evidence: [
            contractEvidence(facts, {
              field: 'tier',
              label: 'Tier',
              value: tier ?? 'none',
            }),
            {
              label: 'Rotation',
              value: 'none',
              source: 'contract and on-call annotations',
            },
          ],
          remediation: `Name the rotation under onCall in ${contractPlace(
            facts,
          )}.`,
        }
      );
    },
  },
  {
    id: 'escalation-broken',
    title: 'The escalation leads nowhere',
    why: 'An escalation is read once, at the worst moment. A step that reaches nobody costs the minutes it was meant to save.',
    fix: 'Let every step name a team or a person who is there, in the order in which they are called, with as many steps as the tier asks for.',
    severity: 'high',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: `spec:
  ownershipContract:
    escalation:
      - { after: PT0M, to: group:default/payments }
      - { after: PT15M, to: user:default/ada }
`,
    evaluate(facts, context) {
      const { escalation: steps = [], tier } = facts.effective;
      const asked = context.requirements(tier).escalationSteps;
      const fail = (message: string): RuleOutcome => ({
        status: 'fail',
        message,
        evidence: [
          contractEvidence(facts, {
            field: 'tier',
            label: 'Tier',
            value: tier ?? 'none',
          }),
          ...steps.map(({ after, to }, index) =>
            contractEvidence(facts, {
              field: 'escalation',
              label: `Step ${index + 1}`,
              value: `${to} after ${after}`,
            }),
          ),
        ],
        remediation: `Correct escalation in ${contractPlace(facts)}.`,
      });

      if (steps.length < asked) {
        const unreadable = contractUnreadable(facts);
        if (unreadable) {
          return unreadable;
        }
        return fail(
          steps.length === 0
            ? `No escalation is named; ${tier ?? 'it'} asks for one`
            : `There ${
                steps.length === 1
                  ? 'is only one step'
                  : `are only ${steps.length} steps`
              } of escalation; ${tier ?? 'it'} asks for ${asked}`,
        );
      }
      const wrongOrder = steps.findIndex(
        ({ after }, index) =>
          index > 0 &&
          milliseconds(after) < milliseconds(steps[index - 1].after),
      );
      if (wrongOrder > 0) {
        return fail(
          `Step ${
            wrongOrder + 1
          } of the escalation comes before step ${wrongOrder}`,
        );
      }
      if (steps.length === 0) {
        return contractUnreadable(facts) ?? { status: 'pass', notAsked: true };
      }
      return reachable(facts, context, fail);
    },
  },
];

function reachable(
  facts: ComponentFacts,
  context: RuleContext,
  fail: (message: string) => RuleOutcome,
): RuleOutcome {
  if (facts.unavailable.directory !== undefined) {
    return {
      status: 'unknown',
      reason: `Groups and users could not be read: ${facts.unavailable.directory}`,
    };
  }
  // The captain and the owners have rules of their own: a step that leads to
  // one of them adds nothing to what those say.
  const judged = new Set([
    facts.effective.captain,
    ...facts.owners.map(({ ref }) => ref),
  ]);
  let waiting: string | undefined;
  for (const { to } of facts.effective.escalation ?? []) {
    const principal = context.directory.get(to);
    if (judged.has(to)) {
      continue;
    }
    if (!principal) {
      if (context.presence(to) === 'gone') {
        return fail(`The escalation names ${to}, which is not in the catalog`);
      }
      waiting ??= to;
    } else if (
      principal.kind === 'group' &&
      principal.activeMemberCount === 0
    ) {
      return fail(
        `The escalation names ${principal.title}, a team nobody is on`,
      );
    } else if (principal.kind === 'user' && !principal.active) {
      return fail(
        `The escalation names ${principal.title}, who is no longer active`,
      );
    }
  }
  return waiting === undefined
    ? { status: 'pass' }
    : {
        status: 'unknown',
        reason: `${waiting} is not in the catalog just now; it counts as gone if it stays away`,
        validUntil: context.goneAt(waiting),
      };
}

function milliseconds(duration: string): number {
  return isIsoDuration(duration) ? isoDurationMilliseconds(duration) : NaN;
}
