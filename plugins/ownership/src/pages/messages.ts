import { driftMessages } from './drift/messages';
import { handoverMessages } from './handover/messages';
import { initiativeMessages } from './initiative/messages';
import { measureMessages } from './measure/messages';
import { overviewMessages } from './overview/messages';
import { scorecardMessages } from './scorecard/messages';
import { sloMessages } from './slo/messages';

/**
 * Texts of the ownership pages, merged into the plugin's translation ref
 * under `pages`.
 *
 * @internal
 */
export const pagesMessages = {
  title: 'Ownership',
  tabs: {
    label: 'Ownership pages',
    overview: 'Overview',
    drift: 'Drift',
    slos: 'SLOs',
    scorecards: 'Scorecards',
    initiatives: 'Initiatives',
    rules: 'Rules',
  },
  notFound: {
    title: 'There is no such page',
    next: 'Go to the overview',
  },
  state: {
    owned: 'Owned',
    'at-risk': 'At risk',
    orphaned: 'Orphaned',
    unknown: 'Unknown',
  },
  severity: {
    critical: 'Critical',
    high: 'High',
    medium: 'Medium',
    low: 'Low',
  },
  filters: {
    all: 'All',
    team: 'Team',
    findTeam: 'Find a team',
    wholeOrganisation: 'Whole organisation',
    myTeams: 'My teams',
    allTeams: 'All teams',
  },
  form: {
    cancel: 'Cancel',
  },
  download: {
    label: 'Download',
    of: 'Download: {{table}}',
    csv: 'CSV, for a spreadsheet',
    json: 'JSON',
    ndjson: 'NDJSON, one finding a line',
    markdown: 'Markdown, for a ticket',
    html: 'HTML, for mail and print',
    sarif: 'SARIF, for code scanning',
    junit: 'JUnit XML, for CI',
    failed: 'That could not be downloaded: {{reason}}',
    note: 'All of it, with the filters as they are',
  },
  table: {
    pages: 'Pages',
    range: '{{from, number}}–{{to, number}} of {{total, number}}',
    previous: 'Previous',
    next: 'Next',
  },
  score: {
    new: 'New',
    steady: 'Steady',
    up_one: 'up {{count, number}} point',
    up_other: 'up {{count, number}} points',
    down_one: 'down {{count, number}} point',
    down_other: 'down {{count, number}} points',
  },
  owner: {
    nobody: 'Nobody',
    more: '+{{count, number}}',
  },
  none: {
    ownerRef: 'Nobody is named as owner',
    team: 'No team answers for it',
    tier: 'No tier is set',
  },
  tree: {
    expand: 'Show what is under {{team}}',
    collapse: 'Hide what is under {{team}}',
  },
  drift: driftMessages,
  handover: handoverMessages,
  initiative: initiativeMessages,
  measure: measureMessages,
  overview: overviewMessages,
  scorecard: scorecardMessages,
  slo: sloMessages,
} as const;
