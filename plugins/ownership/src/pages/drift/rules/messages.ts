/** @internal */
export const ruleMessages = {
  tryOut: {
    title: 'Try a change',
    note: 'See what it would open and close in the catalog as it is now. Nothing is changed.',
    label: 'Rules as YAML or JSON',
    hint: 'Any of rules, customRules and tiers as in app-config, or all of an app-config',
    run: 'Try it',
    failed: 'The change could not be tried',
    problems: 'The change is not right yet',
    line: 'line {{line}}',
    outcome:
      '{{opens, number}} would open and {{closes, number}} would close, over {{components, number}} components',
    nothing: 'Nothing would change, over {{components, number}} components',
    hidden_one:
      '{{count, number}} component is hidden from you and was left out.',
    hidden_other:
      '{{count, number}} components are hidden from you and were left out.',
    opens: '{{count, number}} would open',
    closes: '{{count, number}} would close',
    reweighed: '{{count, number}} would weigh {{severity}}',
    broken_one: 'The rule breaks on {{count, number}} component',
    broken_other: 'The rule breaks on {{count, number}} components',
    opening: 'What would open',
    closing: 'What would close',
    more: 'and {{count, number}} more',
    states_one: '{{count, number}} component would change its state',
    states_other: '{{count, number}} components would change their state',
    state: 'from {{from}} to {{to}}',
  },
  example: 'Example',
  appliesTo: 'Asked of',
  orphans: 'A component that fails it counts as orphaned.',
  own: 'Rule of this portal',
  broken_one:
    'It broke on {{count, number}} component in the last scan: {{message}}',
  broken_other:
    'It broke on {{count, number}} components in the last scan: {{message}}',
  intro:
    'Every rule the drift scan checks, as this portal is set up. A rule that fails for a component opens one finding there.',
  search: 'Search rules',
  off: 'Switched off',
  open_one: '{{count, number}} open finding',
  open_other: '{{count, number}} open findings',
  none: 'No open finding',
  fix: 'How to fix it',
  docs: 'Read more',
  emptyTitle: 'No rule is configured',
  emptyNext:
    'Rules come with the backend plugin. Check ownership.drift.rules in the configuration.',
  noMatch: 'No rule matches "{{text}}"',
  clear: 'Show all rules',
  errorTitle: 'The rules could not be loaded',
  count_one: '{{count, number}} rule',
  count_other: '{{count, number}} rules',
} as const;
