/** @internal */
export const memberMessages = {
  title: 'What it is made of',
  note: 'Measured = sum of share × measured of each member',
  member: 'Member',
  weight: 'Weight',
  share: 'Share',
  sli: 'Measured',
  lost: 'Lost through it',
  leftOut: 'Left out: {{reason}}',
  hidden_one: 'And {{count, number}} member that you may not see.',
  hidden_other: 'And {{count, number}} members that you may not see.',
  timeBudget: 'The budget of a composite is counted in time.',
} as const;
