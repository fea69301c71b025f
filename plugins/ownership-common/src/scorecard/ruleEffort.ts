// 1: a line in a file. 2: something has to be agreed first. 3: something has
// to be written or built.
const efforts: Record<string, number> = {
  'contract-review-overdue': 1,
  'captain-missing': 1,
  'captain-left': 1,
  'captain-outside-team': 1,
  'owner-not-a-team': 1,
  'owner-unresolvable': 1,
  'contract-invalid': 1,
  'contract-duplicate': 1,
  'source-orphaned': 1,
  'on-call-missing': 2,
  'escalation-broken': 2,
  'owner-missing': 2,
  'owner-placeholder': 2,
  'owner-multiple': 2,
  'owner-empty-group': 2,
  'owner-inactive': 2,
  'contract-missing': 2,
  'runbook-stale': 2,
  'runbook-missing': 3,
  'runbook-coverage': 3,
  'slo-missing': 3,
  'cost-untagged': 1,
  'cost-over-budget': 3,
  'owner-mismatch': 2,
  'owner-overloaded': 3,
  'runbook-undrilled': 2,
  'runbook-unreachable': 1,
  'slo-no-data': 3,
  'slo-breached': 3,
  'slo-target-unrealistic': 1,
  'budget-policy-missing': 2,
  'budget-exhausted-no-action': 2,
  'dependency-unowned': 2,
  'dependency-weaker-slo': 3,
  'data-unclassified': 1,
  'data-no-approver': 1,
  'interface-no-compatibility': 1,
  'access-missing': 1,
  'backup-untested': 3,
  'on-call-empty': 2,
  'on-call-outside-team': 2,
  'deprecated-with-dependents': 3,
};

/**
 * How much work it usually is to make a rule pass: 1 for a line in a file, 2
 * where something has to be agreed first, 3 where something has to be written
 * or built. Rules it has not heard of count as 2.
 *
 * @public
 */
export function ruleEffort(ruleId: string): number {
  return Object.hasOwn(efforts, ruleId) ? efforts[ruleId] : 2;
}
