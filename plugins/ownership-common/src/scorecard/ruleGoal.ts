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
  'cost-untagged': 'Its costs can be told apart',
  'cost-over-budget': 'It stays within its budget',
  'on-call-empty': 'Somebody is on call right now',
  'on-call-outside-team': 'Somebody of the team is on call',
  'owner-mismatch': 'Everybody names the same owner',
  'owner-overloaded': 'The team can carry what it owns',
  'runbook-undrilled': 'The runbooks were tried in time',
  'runbook-unreachable': 'The runbooks can be opened',
  'slo-no-data': 'Its objectives are measured',
  'slo-breached': 'It keeps its objectives',
  'slo-target-unrealistic': 'Its objectives can be kept',
  'budget-policy-missing':
    'It is settled what happens when the error budget is spent',
  'budget-exhausted-no-action': 'A spent error budget has led to something',
  'dependency-unowned': 'Somebody answers for what it cannot work without',
  'dependency-weaker-slo': 'What it depends on promises as much as it does',
  'data-unclassified': 'Its data are classified',
  'data-no-approver': 'Somebody approves changes of its schemas',
  'interface-no-compatibility': 'Its interfaces say what stays compatible',
  'handover-stalled': 'No handover is stuck',
  'access-missing': 'It is named who may get in during an incident',
  'backup-untested': 'A restore of its data was tried in time',
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
