const goals: Record<string, string> = {
  'owner-missing': 'An owner is named',
  'owner-placeholder': 'The owner is no placeholder',
  'owner-unresolvable': 'The owner is in the catalog',
  'owner-empty-group': 'Somebody is on the owning team',
  'owner-inactive': 'Its owners are still there',
  'owner-not-a-team': 'A team owns it, not one person',
  'owner-multiple': 'Exactly one team answers for it',
  'source-orphaned': 'Its catalog file is still registered',
  'contract-missing': 'There is an ownership contract',
  'contract-invalid': 'The contract has no errors',
  'contract-duplicate': 'There is one contract, not several',
  'contract-review-overdue': 'The contract was confirmed in time',
  'captain-missing': 'A captain is named',
  'captain-left': 'The captain is still there',
  'captain-outside-team': 'The captain is on the owning team',
  'on-call-missing': 'Somebody is on call for it',
  'escalation-broken': 'The escalation leads to people',
  'runbook-missing': 'There is a runbook',
  'runbook-coverage': 'Runbooks cover what the tier asks for',
  'runbook-stale': 'The runbooks were reviewed in time',
  'slo-missing': 'An objective says how good it has to be',
  'deprecated-with-dependents': 'Nobody depends on something that ends',
};

/**
 * What holds when a rule passes, for lists of what was reached and what is
 * next; the title of a rule says what is wrong when it fails. `undefined` for
 * rules it has not heard of.
 *
 * @public
 */
export function ruleGoal(ruleId: string): string | undefined {
  return Object.hasOwn(goals, ruleId) ? goals[ruleId] : undefined;
}
