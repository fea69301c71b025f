import type { DriftRule, ComponentFacts } from '../types';
import { overBudget } from '../../measure/costState';
import { allTiers } from '../../contract/tierRequirements';
import { lastingComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const NEVER_PUSHED =
  'No cost was ever pushed to this portal: see PUT /measurements';

/**
 * Rules about money.
 *
 * @internal
 */
export const costRules: DriftRule[] = [
  {
    id: 'cost-untagged',
    title: 'Nothing says which costs are its own',
    why: 'A bill that nobody can lay to a component is paid by everybody and looked at by no one. The tags are how its part is found.',
    fix: 'Name the tags its resources carry under `cost.tags` in the contract, or the cost center under `cost.costCenter`.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    defaults: {
      /** Tiers whose costs have to be known. */
      tiers: ['tier-1', 'tier-2'],
    },
    accepts: { tiers: allTiers },
    example: `spec:
  ownershipContract:
    cost:
      costCenter: CC-4711
      tags: { service: checkout }
`,
    evaluate(facts, context) {
      const unreadable = contractUnreadable(facts);
      if (unreadable) {
        return unreadable;
      }
      const { tier, cost } = facts.effective;
      if (!tier || !context.parameters.tiers.includes(tier)) {
        return { status: 'pass', notAsked: true };
      }
      const tagged =
        cost?.costCenter || Object.keys(cost?.tags ?? {}).length > 0;
      if (tagged || (facts.measures?.costs.length ?? 0) > 0) {
        return { status: 'pass' };
      }
      return facts.measures
        ? {
            status: 'fail',
            message: `It is ${tier}, and neither tags nor a cost center say which costs are its own`,
            evidence: [
              contractEvidence(facts, {
                field: 'tier',
                label: 'Tier',
                value: tier,
              }),
            ],
            remediation: `Write cost.tags or cost.costCenter in ${contractPlace(
              facts,
            )}.`,
          }
        : { status: 'unknown', reason: NEVER_PUSHED };
    },
  } satisfies DriftRule<{ tiers: string[] }>,
  {
    id: 'cost-over-budget',
    title: 'It costs more than its budget',
    why: 'The budget is what its owners said it is worth. Above it, somebody has to decide: spend less, or say that it is worth more.',
    fix: 'Find out what grew, and either bring the cost down or change `cost.monthlyBudget` in the contract.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    example: `spec:
  ownershipContract:
    cost:
      monthlyBudget: { amount: 1200, currency: EUR }   # and it costs less
`,
    evaluate(facts) {
      const unreadable = contractUnreadable(facts);
      if (unreadable) {
        return unreadable;
      }
      const budget = facts.effective.cost?.monthlyBudget;
      if (!budget) {
        return { status: 'pass', notAsked: true };
      }
      const reason = whyUnknown(facts, budget.currency);
      if (reason) {
        return { status: 'unknown', reason };
      }
      const over = overBudget(facts.measures!.costs);
      if (!over) {
        return { status: 'pass' };
      }
      const { month, amount, currency, running } = over;
      return {
        status: 'fail',
        message: `It cost ${round(amount)} ${currency} in ${month}${
          running ? ' so far' : ''
        }; its budget is ${round(over.budget)} ${currency} a month`,
        evidence: [
          {
            label: running ? `Cost in ${month} so far` : `Cost in ${month}`,
            value: `${round(amount)} ${currency}`,
            source: 'measurements',
          },
          contractEvidence(facts, {
            field: 'cost',
            label: 'Budget a month',
            value: `${round(over.budget)} ${currency}`,
          }),
        ],
        remediation: `Find out what grew since the month before, and bring it down or change cost.monthlyBudget in ${contractPlace(
          facts,
        )}.`,
      };
    },
  },
];

function whyUnknown(
  { measures }: ComponentFacts,
  currency: string,
): string | undefined {
  if (!measures) {
    return NEVER_PUSHED;
  }
  const { costs } = measures;
  if (costs.some(cost => cost.currency === currency)) {
    return undefined;
  }
  return costs.length > 0
    ? `Its budget is in ${currency} and its costs are in ${[
        ...new Set(costs.map(cost => cost.currency)),
      ].join(', ')}`
    : 'No cost of it is known for this month or the last one';
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}
