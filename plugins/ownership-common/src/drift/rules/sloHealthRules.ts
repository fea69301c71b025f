import type { SloDefinition, SloStatus } from '../../slo';
import type { ComponentFacts, DriftRule, RuleOutcome } from '../types';
import { lastingComponents, runningComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const POLICY_EXAMPLE = `spec:
  ownershipContract:
    errorBudgetPolicy:
      - { when: { remainingBelow: 0.5 }, action: review }
      - when: { remainingBelow: 0 }
        action: freeze
        description: Only fixes ship.
`;

const SLO_EXAMPLE = `spec:
  ownershipContract:
    slos:
      - name: availability
        budgetingMethod: Occurrences
        timeWindow: [{ duration: 28d, isRolling: true }]
        objectives: [{ target: 0.999 }]
`;

/**
 * Rules about objectives that are there: whether they are watched, kept and
 * acted upon. Evidence has no figures that move with every minute: a finding
 * that says something else in every scan would be written in every scan.
 *
 * @internal
 */
export const sloHealthRules: DriftRule[] = [
  {
    id: 'slo-no-data',
    title: 'An objective gets no data any more',
    why: 'Nobody would notice that users are turned away: the objective looks quiet because nothing is measured.',
    fix: 'Look at the source of the objective: a metric was renamed, an exporter stopped, or the query changed.',
    severity: 'medium',
    needsOwner: true,
    appliesTo: runningComponents,
    example: SLO_EXAMPLE,
    evaluate(facts) {
      const silent = facts.sloStatuses.filter(
        ({ state }) => state === 'no-data',
      );
      const stopped = silent.filter(({ lastDataAt }) => lastDataAt);
      if (stopped.length > 0) {
        return {
          status: 'fail',
          message: `${quoted(stopped)} ${
            stopped.length === 1 ? 'has' : 'have'
          } had no data since ${earliestDay(stopped)}`,
          evidence: stopped.map(({ title, lastDataAt }) => ({
            label: title,
            value: `last data at ${lastDataAt}`,
            source: 'SLI store',
          })),
          remediation: `Find out why nothing comes in for ${quoted(stopped)}.`,
        };
      }
      return (
        statusesUnavailable(facts) ??
        (silent.length > 0
          ? {
              status: 'unknown',
              reason: `Nothing has come in for ${quoted(
                silent,
              )} yet; its source may just be being connected`,
            }
          : {
              status: 'pass',
              notAsked: facts.slos.length === 0,
            })
      );
    },
  },
  {
    id: 'slo-breached',
    title: 'An objective is not met',
    why: 'Users got less than the team promised them, over the whole window of the objective.',
    fix: 'Look at what used up the error budget and do what the error-budget policy says; if the objective is more than users need, change it together with them.',
    severity: 'medium',
    needsOwner: true,
    appliesTo: runningComponents,
    example: SLO_EXAMPLE,
    evaluate(facts) {
      const breached = facts.sloStatuses.filter(
        ({ state }) => state === 'breached',
      );
      if (breached.length === 0) {
        return (
          statusesUnavailable(facts) ?? {
            status: 'pass',
            notAsked: facts.slos.length === 0,
          }
        );
      }
      return {
        status: 'fail',
        message: `${quoted(breached)} ${
          breached.length === 1 ? 'is' : 'are'
        } not met: the error budget is used up`,
        evidence: breached.map(({ title, objective, window }) => ({
          label: title,
          value: `${percent(objective)} over ${window.duration}`,
          source: 'SLI store',
        })),
        remediation:
          'Open the objective to see when the budget was used up, and what happened then.',
      };
    },
  },
  {
    id: 'slo-target-unrealistic',
    title: 'An objective leaves no time to react',
    why: 'With so little budget one short failure breaks the promise before anybody is awake. Such an objective is never kept, and soon nobody looks.',
    fix: 'Choose the objective users would notice, with a budget in which people can act.',
    severity: 'low',
    needsOwner: true,
    appliesTo: lastingComponents,
    defaults: {
      /** Least minutes of complete failure that the budget has to allow for in its window. */
      leastBudgetMinutes: 4,
    },
    example: SLO_EXAMPLE,
    evaluate(facts, { parameters }) {
      const tight = facts.slos
        .map(slo => ({ slo, minutes: budgetMinutes(slo) }))
        .filter(({ minutes }) => minutes < parameters.leastBudgetMinutes);
      if (tight.length === 0) {
        return (
          contractUnreadable(facts) ?? {
            status: 'pass',
            notAsked: facts.slos.length === 0,
          }
        );
      }
      const [{ slo, minutes }] = tight;
      return {
        status: 'fail',
        message: `${percent(slo.objective)} over ${
          slo.window.duration
        } allows ${slo.title} to fail for ${minutes.toFixed(
          1,
        )} minutes: nobody reacts so fast`,
        evidence: tight.map(each => ({
          label: each.slo.title,
          value: `${percent(each.slo.objective)} over ${
            each.slo.window.duration
          }, ${each.minutes.toFixed(1)} minutes`,
          source: 'SLO document',
        })),
        remediation: `Agree on an objective that leaves at least ${parameters.leastBudgetMinutes} minutes in its window.`,
      };
    },
  } satisfies DriftRule<{ leastBudgetMinutes: number }>,
  {
    id: 'budget-policy-missing',
    title: 'Nothing says what happens when the error budget runs out',
    why: 'Without an agreement made in calm times, every empty budget is a quarrel between features and fixes.',
    fix: 'Agree on what the team does as the budget runs out and write it as `errorBudgetPolicy` into the contract.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: [...contractCauses, 'slo-missing'],
    appliesTo: lastingComponents,
    example: POLICY_EXAMPLE,
    evaluate(facts, { requirements }) {
      const { errorBudgetPolicy = [], tier } = facts.effective;
      if (errorBudgetPolicy.length > 0) {
        return { status: 'pass' };
      }
      if (!requirements(tier).errorBudgetPolicy) {
        return { status: 'pass', notAsked: true };
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'fail',
          message: `There is no error-budget policy; ${
            tier ?? 'it'
          } asks for one`,
          evidence: [
            contractEvidence(facts, {
              field: 'tier',
              label: 'Tier',
              value: tier ?? 'none',
            }),
          ],
          remediation: `Write errorBudgetPolicy into ${contractPlace(facts)}.`,
        }
      );
    },
  },
  {
    id: 'budget-exhausted-no-action',
    title: 'The error budget is gone, and the policy has no answer',
    why: 'There is a policy, but nothing in it applies now that the budget is used up: work goes on as if nothing had happened.',
    fix: 'Say in `errorBudgetPolicy` what the team does at `remainingBelow: 0`.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: [...contractCauses, 'budget-policy-missing'],
    appliesTo: runningComponents,
    example: POLICY_EXAMPLE,
    evaluate(facts) {
      const { errorBudgetPolicy = [] } = facts.effective;
      // What applies to a budget that is just gone applies to what is below.
      const answers = errorBudgetPolicy.some(
        ({ when }) => when.remainingBelow >= 0,
      );
      const spent = facts.sloStatuses.filter(
        ({ budget }) => budget !== undefined && budget.remaining <= 0,
      );
      if (answers || spent.length === 0) {
        return (
          statusesUnavailable(facts) ?? {
            status: 'pass',
            notAsked: facts.slos.length === 0,
          }
        );
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'fail',
          message: `The error budget of ${quoted(
            spent,
          )} is used up, and no agreement says what happens now`,
          evidence: [
            ...spent.map(({ title, objective, window }) => ({
              label: title,
              value: `${percent(objective)} over ${window.duration}`,
              source: 'SLI store',
            })),
            contractEvidence(facts, {
              field: 'errorBudgetPolicy',
              label: 'Error-budget policy',
              value:
                errorBudgetPolicy
                  .map(
                    ({ when, action }) =>
                      `${action} below ${percent(when.remainingBelow)}`,
                  )
                  .join(', ') || 'none',
            }),
          ],
          remediation: `Add { when: { remainingBelow: 0 }, action: … } to errorBudgetPolicy in ${contractPlace(
            facts,
          )}.`,
        }
      );
    },
  },
];

function statusesUnavailable(facts: ComponentFacts): RuleOutcome | undefined {
  const reason = facts.unavailable.slo;
  return reason === undefined
    ? undefined
    : { status: 'unknown', reason: `SLOs could not be read: ${reason}` };
}

function budgetMinutes({ objective, window }: SloDefinition): number {
  return ((1 - objective) * windowSeconds(window)) / 60;
}

const UNIT_DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

function windowSeconds(window: SloDefinition['window']): number {
  return window.type === 'rolling'
    ? window.durationSeconds
    : UNIT_DAYS[window.unit] * window.count * 86_400;
}

function quoted(statuses: readonly SloStatus[]): string {
  const more = statuses.length > 3 ? ` and ${statuses.length - 3} more` : '';
  return `${statuses
    .slice(0, 3)
    .map(({ title }) => `“${title}”`)
    .join(', ')}${more}`;
}

function earliestDay(statuses: readonly SloStatus[]): string {
  const [first] = statuses.map(({ lastDataAt }) => lastDataAt!).sort();
  return first.slice(0, 10);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
