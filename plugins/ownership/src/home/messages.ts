/** @internal */
export const homeMessages = {
  title: 'My teams',
  description: 'Level, worst finding and error budget of the teams you are on',
  errorTitle: 'Your teams could not be loaded',
  noTeamTitle: 'You are not on a team yet',
  noTeamNext:
    'The catalog knows no group with you in it. Once it does, this shows what matters to it.',
  components_one: '{{count, number}} component',
  components_other: '{{count, number}} components',
  noLevel: 'no level yet',
  finding: '{{name}}: {{message}}',
  moreFindings_one: 'and {{count, number}} more',
  moreFindings_other: 'and {{count, number}} more',
  noFinding: 'No open finding',
  budget: '{{name}}, {{slo}}: {{share}} of the error budget left',
  budgetGone: '{{name}}, {{slo}}: the error budget is used up',
  more_one: 'You are on {{count, number}} more team.',
  more_other: 'You are on {{count, number}} more teams.',
} as const;
