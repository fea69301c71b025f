import { detailMessages } from './detail/messages';
import { memberMessages } from './detail/memberMessages';
import { exclusionMessages } from './exclusion/messages';
import { discoveryMessages } from './discovery/messages';

/** @internal */
export const sloMessages = {
  caption: 'SLOs, those with the least error budget first',
  search: 'Search SLOs and components',
  states: 'SLOs by state',
  slo: 'SLO',
  state: 'State',
  left: 'Budget left',
  burn: 'Burning now',
  objectiveMeasured: 'Objective, measured',
  team: 'Team',
  lastData: 'Last data',
  noBudget: 'Not known',
  never: 'Never',
  emptyTitle: 'No SLO matches',
  emptyNext: 'Take a filter away to see more.',
  clear: 'Show all SLOs',
  noneTitle: 'No SLO is defined yet',
  noneNext:
    'An SLO comes from the slos of an ownership contract, or from an SLO entity in the catalog. The Error budget card of a component has one ready to copy. Those that Sloth and Pyrra record in Prometheus are found by themselves.',
  errorTitle: 'The SLOs could not be loaded',
  count_one: '{{count, number}} SLO',
  count_other: '{{count, number}} SLOs',
  stateName: {
    met: 'Met',
    'at-risk': 'At risk',
    breached: 'Breached',
    partial: 'Partial data',
    'no-traffic': 'No traffic',
    'no-data': 'No data',
  },
  firingChip: {
    any: 'Alert firing',
    page: 'Page firing',
    ticket: 'Ticket firing',
  },
  dropComponent: 'Only {{component}}: show other components as well',
  grouping: 'System or domain',
  everySystem: 'All systems',
  findGrouping: 'Find a system or domain',
  discovery: discoveryMessages,
  rollup: {
    view: 'How the SLOs are shown',
    by: {
      list: 'One by one',
      team: 'Teams',
      system: 'Systems',
      domain: 'Domains',
    },
    of: { team: 'Team', system: 'System', domain: 'Domain' },
    caption: {
      team: 'SLOs by team, each with all teams below it',
      system: 'SLOs by system',
      domain: 'SLOs by domain',
    },
    systems: 'Systems',
    domains: 'Domains',
    states: 'SLOs by state',
    bar: 'SLOs of {{name}}: {{states}}',
    mean: 'Budget left, mean',
    worst: 'Least left',
    firing: 'Firing',
    known: 'known of {{known}} of {{slos}}',
    hidden_one: '{{count, number}} more that you may not see',
    hidden_other: '{{count, number}} more that you may not see',
    ungrouped: {
      team_one: '{{count, number}} SLO belongs to no team.',
      team_other: '{{count, number}} SLOs belong to no team.',
      system_one:
        '{{count, number}} SLO is of a component that is in no system.',
      system_other:
        '{{count, number}} SLOs are of components that are in no system.',
      domain_one:
        '{{count, number}} SLO is of a component that is in no domain.',
      domain_other:
        '{{count, number}} SLOs are of components that are in no domain.',
    },
  },
  burnWords: {
    unknown: 'Not known',
    none: 'Not burning',
    steady: '{{rate}}×, within budget',
    fast: '{{rate}}×, gone in {{duration}}',
    fastOnly: '{{rate}}×, faster than allowed',
    gone: '{{rate}}×, budget is gone',
  },
  detail: detailMessages,
  exclusion: exclusionMessages,
  members: memberMessages,
} as const;
