/** @internal */
export const sloMessages = {
  card: {
    title: 'Error budget',
    errorTitle: 'The SLOs could not be loaded',
    objective: '{{objective}} over {{window}}',
    left: 'left',
    overspent: 'overspent',
    trend: 'Budget left over the window, now {{share}}',
    stale: 'Last data ',
    excludedUntil: 'Time does not count until {{until}}',
    discovered: 'found recorded',
    more_one: '{{count, number}} more',
    more_other: '{{count, number}} more',
    fewer: 'Show fewer',
    all: 'All SLOs',
    emptyTitle: 'No SLO yet',
    emptyAsked_one:
      '{{tier}} asks for {{count, number}} SLO. Put this into the contract, then change target and queries.',
    emptyAsked_other:
      '{{tier}} asks for {{count, number}} SLOs. Put this into the contract, then change target and queries.',
    emptyOptional:
      'An SLO tells how much may fail before somebody acts. To start, put this into the contract, then change target and queries.',
    copyLabel: 'ownership.yaml',
  },
} as const;
