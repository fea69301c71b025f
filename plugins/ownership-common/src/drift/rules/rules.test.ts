import type { Entity } from '@backstage/catalog-model';
import { tierRequirements, type TierRequirements } from '../../contract';
import { buildDirectory } from '../../directory';
import { collectFacts, type CollectFactsOptions } from '../collectFacts';
import { configureRules } from '../configureRules';
import { driftRules } from '../driftRules';
import { evaluateRules } from '../evaluateRules';
import type { RunbookCheck } from '../../runbook';
import type { SloStatus } from '../../slo';
import type { ComponentFacts, DependencyFact } from '../types';

const NOW = new Date('2026-11-21T08:00:00Z');
const HOUR = 3_600_000;

function entity(
  kind: string,
  name: string,
  spec: object,
  metadata: object = {},
) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, ...metadata },
    spec,
  } as Entity;
}

const left = { annotations: { 'service-ownership.io/active': 'false' } };

const entities = [
  entity('Group', 'payments', { profile: { displayName: 'Payments' } }),
  entity('Group', 'ledger', { parent: 'payments' }),
  entity('Group', 'hollow', { profile: { displayName: 'Hollow' } }),
  entity('Group', 'hollow-child', { parent: 'hollow' }),
  entity('Group', 'strangers', { members: ['bo', 'cy'] }),
  entity('Group', 'alumni', {}),
  entity('Group', 'guests', {}),
  entity('User', 'ada', { memberOf: ['ledger'] }),
  entity('User', 'grace', { memberOf: ['platform'] }),
  entity('User', 'linus', { memberOf: ['alumni'] }, left),
];

const directory = buildDirectory({ entities });

const renamed = buildDirectory({
  entities,
  aliases: new Map([
    ['group:default/falcon', 'group:default/payments'],
    ['group:default/eagle', 'group:default/falcon'],
    ['group:default/unassigned', 'group:default/payments'],
    ['group:default/ledger', 'group:default/strangers'],
    ['group:default/lost', 'group:default/nowhere'],
  ]),
});

const groupsOnly = buildDirectory({
  entities: [entity('Group', 'payments', { members: ['ada'] })],
});

const FULL = {
  tier: 'tier-1',
  captain: 'user:default/ada',
  onCall: { provider: 'pagerduty', ref: 'P1' },
  escalation: [
    { after: 'PT0M', to: 'group:default/payments' },
    { after: 'PT15M', to: 'user:default/grace' },
  ],
  slos: [
    {
      name: 'availability',
      budgetingMethod: 'Occurrences',
      timeWindow: [{ duration: '28d', isRolling: true }],
      objectives: [{ target: 0.99 }],
    },
  ],
  runbooks: [
    {
      id: 'all',
      title: 'All of it',
      url: 'https://wiki.example/all',
      covers: ['deployment', 'monitoring', 'incident', 'rollback'],
      reviewedAt: '2026-10-01',
      drilledAt: '2026-10-01',
    },
  ],
  errorBudgetPolicy: [{ when: { remainingBelow: 0 }, action: 'freeze' }],
  cost: { tags: { service: 'checkout' } },
  review: { reviewedAt: '2026-10-01', cadence: 'P90D' },
  access: { mitigators: ['group:default/payments'] },
};

const ORDERS = [
  {
    name: 'orders',
    classification: 'internal',
    sourceOfTruth: true,
    schemaApprover: 'group:default/payments',
  },
];

function restore(drilledAt: string) {
  return [
    ...FULL.runbooks,
    {
      id: 'restore',
      title: 'Restore',
      url: 'https://wiki.example/restore',
      covers: ['recovery'],
      reviewedAt: '2026-10-01',
      drilledAt,
    },
  ];
}

const FOUND = new Map<string, RunbookCheck>(
  ['all', 'restore'].map(page => [
    `https://wiki.example/${page}`,
    { state: 'found' },
  ]),
);

interface Case {
  owner?: string | false;
  owners?: string[];
  contract?: object | false;
  spec?: object;
  metadata?: object;
  kind?: string;
  more?: Partial<CollectFactsOptions>;
  /** What no option of `collectFacts` gives. */
  facts?: Partial<ComponentFacts>;
  settings?: object;
  requirements?: Partial<TierRequirements>;
}

function evaluate(options: Case = {}) {
  const { owner = 'payments', contract = FULL, owners } = options;
  const component = entity(
    options.kind ?? 'Component',
    'checkout',
    {
      type: 'service',
      lifecycle: 'production',
      ...(owner === false ? {} : { owner }),
      ...(contract ? { ownershipContract: contract } : {}),
      ...options.spec,
    },
    options.metadata,
  );
  component.relations = [
    ...(owners ?? []).map(targetRef => ({ type: 'ownedBy', targetRef })),
    ...(component.relations ?? []),
  ];
  const unresolvedSince = (ref: string) =>
    ref.includes('just-now')
      ? new Date(NOW.getTime() - HOUR / 2)
      : new Date(NOW.getTime() - 2 * HOUR);
  const facts = collectFacts({
    entity: component,
    directory,
    now: NOW,
    unresolvedSince,
    runbookChecks: FOUND,
    ...options.more,
  });
  return evaluateRules({
    facts: { ...facts, ...options.facts },
    rules: configureRules({ rules: driftRules, settings: options.settings }),
    context: {
      now: NOW,
      directory: options.more?.directory ?? directory,
      graceMs: HOUR,
      unresolvedSince,
      requirements: tier => ({
        ...tierRequirements({ tier }),
        ...options.requirements,
      }),
    },
  });
}

const checks = (check: RunbookCheck): Case => ({
  more: { runbookChecks: new Map([['https://wiki.example/all', check]]) },
});
const contract = (changes: object): Case => ({
  contract: { ...FULL, ...changes },
});
const without = (...fields: string[]): Case => ({
  contract: Object.fromEntries(
    Object.entries(FULL).filter(([field]) => !fields.includes(field)),
  ),
});
const unreadable: Case = {
  contract: false,
  more: { unavailable: { contract: 'the repository answers 503' } },
};
const noDirectory: Case = {
  more: { unavailable: { directory: 'the catalog answers 503' } },
};
const runbook = (changes: object) =>
  contract({ runbooks: [{ ...FULL.runbooks[0], ...changes }] });
const secondContract: Case = {
  more: {
    contractEntities: new Map([
      [
        'component:default/checkout',
        [
          {
            ...entity('OwnershipContract', 'central', { tier: 'tier-1' }),
            apiVersion: 'service-ownership.io/v1alpha1',
          },
        ],
      ],
    ]),
  },
};

const status = (changes: Partial<SloStatus>): Case => ({
  more: {
    sloStatuses: [
      {
        entityRef: 'component:default/checkout',
        slo: 'availability',
        title: 'Availability',
        objective: 0.99,
        budgetingMethod: 'Occurrences',
        window: {
          type: 'rolling',
          duration: '28d',
          start: '2026-10-24T08:00:00Z',
          end: '2026-11-21T08:00:00Z',
        },
        state: 'met',
        burnRates: [],
        alerts: [],
        coverage: 1,
        evaluatedAt: '2026-11-21T08:00:00Z',
        ...changes,
      } as SloStatus,
    ],
  },
});
const noSlos: Case = {
  more: { unavailable: { slo: 'the SLI store is down' } },
};
const spent = (remaining: number): Partial<SloStatus> => ({
  state: remaining <= 0 ? 'breached' : 'at-risk',
  budget: {
    consumed: 1 - remaining,
    remaining,
    remainingEvents: 0,
    remainingSeconds: 0,
    estimated: false,
  },
});
const objective = (target: number) =>
  contract({ slos: [{ ...FULL.slos[0], objectives: [{ target }] }] });
const needs = (
  criticality: string,
  known?: Array<[string, DependencyFact]>,
): Case => ({
  ...contract({
    dependencies: [{ component: 'component:default/ledger', criticality }],
  }),
  facts: known === undefined ? {} : { dependencies: new Map(known) },
});
const LEDGER = 'component:default/ledger';
const providing = (interfaces?: object[]): Case => ({
  ...contract(interfaces ? { interfaces } : {}),
  facts: {
    entity: {
      ...entity('Component', 'checkout', {
        type: 'service',
        lifecycle: 'production',
        owner: 'payments',
      }),
      relations: [{ type: 'providesApi', targetRef: 'api:default/pay' }],
    },
  },
});

const budgeted = contract({
  cost: { monthlyBudget: { amount: 1200, currency: 'EUR' } },
});
const paid = (costs: Array<[string, number, string?]>): Case['more'] => ({
  costValues: costs.map(([month, value, currency = 'EUR']) => ({
    month,
    value,
    currency,
  })),
});

const changingHands = (more: object): Case => ({
  more: {
    handover: {
      id: 'h1',
      state: 'accepted',
      from: ['group:default/ops'],
      to: 'group:default/payments',
      proposedAt: '2026-10-01T08:00:00.000Z',
      dueAt: '2026-11-01T08:00:00.000Z',
      openItems: 2,
      ...more,
    },
  },
});

type Said = 'pass' | { fails: RegExp } | { unknown: RegExp };

// Each row: the case in words, the case, what the rule says. Everything that
// is not in the case is as it should be, so a row changes one thing only.
const table: Record<string, Array<[string, Case, Said]>> = {
  'owner-renamed': [
    ['the ref of today', {}, 'pass'],
    [
      'the old ref of the owner',
      { owner: 'falcon', more: { directory: renamed } },
      {
        fails:
          /^It says group:default\/falcon, which is now group:default\/payments$/,
      },
    ],
    [
      'an old ref through another old one',
      { owner: 'eagle', more: { directory: renamed } },
      { fails: /^It says group:default\/eagle, which is now .*\/payments$/ },
    ],
    [
      'an old ref in the escalation',
      {
        ...contract({
          escalation: [
            { after: 'PT0M', to: 'group:default/falcon' },
            { after: 'PT15M', to: 'user:default/ada' },
          ],
        }),
        more: { directory: renamed },
      },
      { fails: /^It says group:default\/falcon, which is now/ },
    ],
    ...[
      { responsibilities: { cost: 'group:default/falcon' } },
      { decisionRights: { rollback: 'group:default/falcon' } },
      { data: [{ ...ORDERS[0], readers: ['group:default/falcon'] }] },
      { data: [{ ...ORDERS[0], schemaApprover: 'group:default/falcon' }] },
      { access: { mitigators: ['group:default/falcon'] } },
    ].map((fields): [string, Case, Said] => [
      `an old ref under ${Object.keys(fields)}`,
      { ...contract(fields), more: { directory: renamed } },
      { fails: /^It says group:default\/falcon, which is now/ },
    ]),
    [
      'a group that is still there and has an alias',
      { owner: 'ledger', more: { directory: renamed } },
      'pass',
    ],
    [
      'an alias that leads nowhere',
      { owner: 'lost', more: { directory: renamed } },
      'pass',
    ],
    ['no directory', noDirectory, { unknown: /answers 503/ }],
  ],
  'slo-no-data': [
    ['data', status({}), 'pass'],
    ['no objective', without('slos'), 'pass'],
    [
      'data that stopped',
      status({ state: 'no-data', lastDataAt: '2026-11-20T01:00:00Z' }),
      { fails: /^“Availability” has had no data since 2026-11-20$/ },
    ],
    [
      'never any data',
      status({ state: 'no-data' }),
      { unknown: /Nothing has come in for “Availability” yet/ },
    ],
    ['no store', noSlos, { unknown: /the SLI store is down/ }],
  ],
  'slo-breached': [
    ['met', status({}), 'pass'],
    ['nearly', status(spent(0.1)), 'pass'],
    [
      'breached',
      status(spent(-0.4)),
      { fails: /^“Availability” is not met: the error budget is used up$/ },
    ],
    ['no store', noSlos, { unknown: /the SLI store is down/ }],
  ],
  'slo-target-unrealistic': [
    ['99 %', {}, 'pass'],
    ['four nines', objective(0.9999), 'pass'],
    [
      'five nines',
      objective(0.99999),
      { fails: /^99.999 % over 28d allows .* to fail for 0.4 minutes/ },
    ],
    [
      'four nines where ten minutes are asked for',
      {
        ...objective(0.9999),
        settings: {
          'slo-target-unrealistic': { parameters: { leastBudgetMinutes: 10 } },
        },
      },
      { fails: /4.0 minutes/ },
    ],
    ['no objective', without('slos'), 'pass'],
    ['an unreadable contract', unreadable, { unknown: /answers 503/ }],
  ],
  'budget-policy-missing': [
    ['a policy', {}, 'pass'],
    [
      'none in tier 1',
      without('errorBudgetPolicy'),
      { fails: /^There is no error-budget policy; tier-1 asks for one$/ },
    ],
    [
      'none in tier 2',
      { contract: { ...FULL, tier: 'tier-2', errorBudgetPolicy: undefined } },
      'pass',
    ],
    [
      'no objective either: one finding',
      without('errorBudgetPolicy', 'slos'),
      { unknown: /slo-missing/ },
    ],
  ],
  'budget-exhausted-no-action': [
    ['a budget that is gone and a policy', status(spent(-1)), 'pass'],
    [
      'a policy that stops before',
      {
        ...contract({
          errorBudgetPolicy: [
            { when: { remainingBelow: -0.5 }, action: 'freeze' },
          ],
        }),
        ...status(spent(0)),
      },
      {
        fails: /“Availability” is used up, and no agreement says what happens/,
      },
    ],
    ['some budget', { ...without('errorBudgetPolicy'), ...status({}) }, 'pass'],
    [
      'no policy at all: one finding',
      { ...without('errorBudgetPolicy'), ...status(spent(-1)) },
      { unknown: /budget-policy-missing/ },
    ],
    [
      'no policy where none is asked for',
      {
        contract: { ...FULL, tier: 'tier-2', errorBudgetPolicy: undefined },
        ...status(spent(-1)),
      },
      { fails: /no agreement says what happens now/ },
    ],
    [
      'no store',
      {
        ...without('errorBudgetPolicy'),
        ...noSlos,
        settings: { 'budget-policy-missing': false },
      },
      { unknown: /the SLI store is down/ },
    ],
  ],
  'dependency-unowned': [
    ['no dependency', {}, 'pass'],
    ['a soft one', needs('soft', [[LEDGER, { state: 'orphaned' }]]), 'pass'],
    ['an owned one', needs('hard', [[LEDGER, { state: 'owned' }]]), 'pass'],
    [
      'an orphan',
      needs('hard', [[LEDGER, { state: 'orphaned' }]]),
      {
        fails:
          /^It cannot work without component:default\/ledger, and nobody answers for it$/,
      },
    ],
    [
      'one no scan has seen',
      needs('hard', [[LEDGER, {}]]),
      { unknown: /no scan has seen it yet/ },
    ],
    ['nobody looked', needs('hard'), { unknown: /is not at hand/ }],
    [
      'itself',
      contract({
        dependencies: [
          { component: 'component:default/checkout', criticality: 'hard' },
        ],
      }),
      'pass',
    ],
    ['an unreadable contract', unreadable, { unknown: /answers 503/ }],
  ],
  'dependency-weaker-slo': [
    [
      'a stronger promise',
      needs('hard', [[LEDGER, { objective: 0.999 }]]),
      'pass',
    ],
    [
      'a weaker promise',
      needs('hard', [[LEDGER, { objective: 0.95 }]]),
      {
        fails:
          /^It promises 99 %, and cannot work without component:default\/ledger \(95 %\)$/,
      },
    ],
    ['no promise', needs('hard', [[LEDGER, { state: 'owned' }]]), 'pass'],
    ['no dependency', {}, 'pass'],
    ['nobody looked', needs('hard'), { unknown: /is not at hand/ }],
  ],
  'data-unclassified': [
    ['no data', {}, 'pass'],
    [
      'classified',
      contract({ data: [{ name: 'orders', classification: 'internal' }] }),
      'pass',
    ],
    [
      'not classified',
      contract({ data: [{ name: 'orders' }] }),
      { fails: /^orders has no classification$/ },
    ],
    ['an unreadable contract', unreadable, { unknown: /answers 503/ }],
  ],
  'data-no-approver': [
    ['a copy', contract({ data: [{ name: 'orders' }] }), 'pass'],
    [
      'an approver',
      contract({
        data: [
          {
            name: 'orders',
            sourceOfTruth: true,
            schemaApprover: 'group:default/payments',
          },
        ],
      }),
      'pass',
    ],
    [
      'one for all',
      contract({
        data: [{ name: 'orders', sourceOfTruth: true }],
        decisionRights: { schemaChange: 'group:default/payments' },
      }),
      'pass',
    ],
    [
      'none',
      contract({ data: [{ name: 'orders', sourceOfTruth: true }] }),
      { fails: /^Nobody is named to approve changes of orders$/ },
    ],
    ['an unreadable contract', unreadable, { unknown: /answers 503/ }],
  ],
  'interface-no-compatibility': [
    ['no API', {}, 'pass'],
    [
      'a promise',
      providing([{ api: 'api:default/pay', compatibility: 'backward' }]),
      'pass',
    ],
    [
      'no promise',
      providing(),
      { fails: /^Nothing says how api:default\/pay stays compatible$/ },
    ],
    [
      'none on purpose',
      providing([{ api: 'api:default/pay', compatibility: 'none' }]),
      { fails: /stays compatible/ },
    ],
    [
      'one that is promised and not provided',
      contract({ interfaces: [{ api: 'api:default/old' }] }),
      { fails: /api:default\/old/ },
    ],
  ],
  'owner-mismatch': [
    ['the contract says nothing', {}, 'pass'],
    [
      'the same team',
      contract({ responsibilities: { code: 'group:default/payments' } }),
      'pass',
    ],
    [
      'a team within it',
      contract({ responsibilities: { code: 'group:default/ledger' } }),
      'pass',
    ],
    [
      'the team above it',
      {
        ...contract({ responsibilities: { code: 'group:default/payments' } }),
        owner: 'ledger',
      },
      'pass',
    ],
    [
      'another team',
      contract({ responsibilities: { code: 'group:default/strangers' } }),
      {
        fails:
          /^The catalog names Payments as owner, the contract says strangers answers for the code$/,
      },
    ],
    [
      'no directory',
      {
        ...contract({ responsibilities: { code: 'group:default/strangers' } }),
        ...noDirectory,
      },
      { unknown: /answers 503/ },
    ],
  ],
  'owner-overloaded': [
    ...(
      [
        ['enough', 6, 'pass'],
        ['too much', 6.5, { fails: /^Payments answers for more than/ }],
        ['no scan yet', undefined, { unknown: /No scan has counted/ }],
      ] as Array<[string, number | undefined, Said]>
    ).map(([words, load, said]): [string, Case, Said] => [
      words,
      {
        settings: { 'owner-overloaded': true },
        facts: load
          ? { ownerLoads: new Map([['group:default/payments', load]]) }
          : {},
      },
      said,
    ]),
    [
      'a person',
      {
        owner: 'user:default/ada',
        settings: { 'owner-overloaded': true, 'owner-not-a-team': false },
        facts: { ownerLoads: new Map() },
      },
      'pass',
    ],
  ],
  'runbook-undrilled': [
    ['tried lately', {}, 'pass'],
    [
      'tried long ago',
      runbook({ drilledAt: '2026-01-05' }),
      { fails: /^The runbook “All of it” was last tried on 2026-01-05$/ },
    ],
    [
      'never tried',
      runbook({ drilledAt: undefined }),
      { fails: /^The runbook “All of it” was never tried$/ },
    ],
    [
      'a drill next year',
      runbook({ drilledAt: '2027-11-21' }),
      { fails: /names a trial on 2027-11-21, which is yet to come/ },
    ],
    [
      'a runbook for what is not asked for',
      runbook({ covers: ['holidays'], drilledAt: undefined }),
      'pass',
    ],
    [
      'a tier that asks for none',
      {
        contract: {
          ...FULL,
          tier: 'tier-3',
          runbooks: [{ ...FULL.runbooks[0], drilledAt: undefined }],
        },
      },
      'pass',
    ],
    ['an unreadable contract', unreadable, { unknown: /answers 503/ }],
  ],
  'owner-missing': [
    ['an owner', {}, 'pass'],
    ['no owner', { owner: false }, { fails: /^Nobody is named as owner$/ }],
    ['a blank owner', { owner: '  ' }, { fails: /^Nobody is named/ }],
    [
      'a relation without spec',
      { owner: false, owners: ['group:default/payments'] },
      'pass',
    ],
  ],
  'owner-placeholder': [
    ['a team', {}, 'pass'],
    [
      'a word',
      { owner: 'TODO' },
      { fails: /group:default\/todo is a placeholder/ },
    ],
    [
      'a group for everybody',
      { owner: 'guests' },
      { fails: /is a placeholder/ },
    ],
    [
      'a person of the template',
      { owner: 'user:guest' },
      { fails: /is a placeholder/ },
    ],
    [
      'an address of the manual',
      { owner: 'john@example.com' },
      { fails: /is a placeholder/ },
    ],
    [
      'an address that no ref can hold, as it is written',
      { owner: 'Jo@Example.com' },
      { fails: /^Jo@Example.com is a placeholder/ },
    ],
    [
      'a team that says it is none',
      { owner: 'squad-unmaintained' },
      { fails: /is a placeholder/ },
    ],
    [
      'a field of a template that was never filled',
      { owner: '${{ values.team }}' },
      { fails: /^\$\{\{ values.team \}\} is a placeholder/ },
    ],
    ['a team with such a word inside', { owner: 'unknown-payments' }, 'pass'],
    [
      'a word that an alias made a team',
      { owner: 'unassigned', more: { directory: renamed } },
      'pass',
    ],
    [
      'a configured parking lot',
      {
        owner: 'payments',
        settings: {
          'owner-placeholder': {
            parameters: { additionalPatterns: ['group:default/pay*'] },
          },
        },
      },
      { fails: /is a placeholder/ },
    ],
    [
      'a pattern that is no expression',
      {
        settings: {
          'owner-placeholder': {
            parameters: { patterns: ['p.yments', '(', '['] },
          },
        },
      },
      'pass',
    ],
    ...(
      [
        ['pay*', true],
        ['*NTS', true],
        ['p*y*m*s', true],
        ['*pay**ments*', true],
        ['*', true],
        ['ay*', false],
        ['*ent', false],
        ['pay*yments', false],
        ['p*s*t*', false],
        // One expression for it would try more ways than there are seconds.
        [`${'*a'.repeat(40)}*b`, false, 'a'.repeat(200)],
      ] as Array<[string, boolean, string?]>
    ).map(([pattern, fits, owner = 'payments']): [string, Case, Said] => [
      `${owner} by ${pattern}`,
      {
        owner,
        settings: {
          'owner-placeholder': { parameters: { patterns: [pattern] } },
        },
      },
      fits ? { fails: /is a placeholder/ } : 'pass',
    ]),
    [
      'no pattern',
      {
        owner: 'todo',
        settings: { 'owner-placeholder': { parameters: { patterns: [] } } },
      },
      'pass',
    ],
  ],
  'owner-unresolvable': [
    [
      'a group that exists, in odd case',
      { owner: 'GROUP:Default/Payments' },
      'pass',
    ],
    [
      'a group that is gone',
      { owner: 'falcon' },
      { fails: /^group:default\/falcon is not in the catalog$/ },
    ],
    [
      'something else than a group',
      { owner: 'component:default/x' },
      { fails: /neither a group nor a user/ },
    ],
    [
      'what is no ref at all',
      { owner: 'a/b/c' },
      { fails: /a\/b\/c is neither/ },
    ],
    [
      'an e-mail address',
      { owner: 'Ada@pay.example' },
      { fails: /^Ada@pay.example is an e-mail address, not a group/ },
    ],
    [
      'a catalog that was never given its organisation',
      { more: { directory: buildDirectory({ entities: [] }) } },
      { unknown: /could not be read: the catalog has none/ },
    ],
    [
      'a group that is missing since half an hour',
      { owner: 'just-now' },
      { unknown: /just-now is not in the catalog just now/ },
    ],
    [
      'no directory',
      noDirectory,
      { unknown: /could not be read: the catalog answers 503/ },
    ],
    [
      'a placeholder',
      { owner: 'todo' },
      { unknown: /its cause, owner-placeholder/ },
    ],
  ],
  'owner-empty-group': [
    ['a group with members', {}, 'pass'],
    ['a group with members below it only', { owner: 'payments' }, 'pass'],
    [
      'a group and one below, both without',
      { owner: 'hollow' },
      { fails: /^Nobody is on this team: Hollow has no members$/ },
    ],
    [
      'a group whose members were never brought into the catalog',
      { owner: 'strangers' },
      {
        fails:
          /^Nobody is on this team: none of the members that strangers names is in the catalog$/,
      },
    ],
    [
      'a catalog with groups and no users',
      { more: { directory: groupsOnly } },
      { unknown: /has no users, so nobody can tell who is on payments$/ },
    ],
    ['a group that is gone', { owner: 'falcon' }, 'pass'],
    ['no directory', noDirectory, { unknown: /could not be read/ }],
  ],
  'owner-inactive': [
    ['an active person', { owner: 'user:ada' }, 'pass'],
    [
      'an inactive person',
      { owner: 'user:linus' },
      { fails: /linus is no longer active/ },
    ],
    [
      'a group of inactive people',
      { owner: 'alumni' },
      { fails: /^Everybody on the team alumni is inactive$/ },
    ],
    ['an empty group', { owner: 'hollow' }, 'pass'],
    ['no directory', noDirectory, { unknown: /could not be read/ }],
  ],
  'owner-not-a-team': [
    ['a team', {}, 'pass'],
    [
      'a person',
      { owner: 'user:ada' },
      { fails: /owned by a person, ada, not by a team/ },
    ],
    ['a person who left', { owner: 'user:linus' }, 'pass'],
    ['a person who is gone', { owner: 'user:ghost' }, 'pass'],
    ['no directory', noDirectory, { unknown: /could not be read/ }],
  ],
  'owner-multiple': [
    [
      'one',
      { owners: ['group:default/payments', 'Group:Default/Payments'] },
      'pass',
    ],
    [
      'two',
      { owners: ['group:default/payments', 'group:default/ledger'] },
      {
        fails:
          /^2 owners are named: group:default\/payments, group:default\/ledger$/,
      },
    ],
    [
      'one, and one that is gone',
      { owners: ['group:default/payments', 'group:default/falcon'] },
      'pass',
    ],
  ],
  'source-orphaned': [
    ['a file', {}, 'pass'],
    [
      'no file any more',
      { metadata: { annotations: { 'backstage.io/orphan': 'true' } } },
      { fails: /no longer defines it/ },
    ],
  ],
  'contract-duplicate': [
    ['one contract', {}, 'pass'],
    ['two', secondContract, { fails: /^2 contracts name this component/ }],
    ['an unreadable one', unreadable, { unknown: /answers 503/ }],
  ],
  'contract-invalid': [
    ['a valid one', {}, 'pass'],
    [
      'an invalid one',
      contract({ tier: 'gold' }),
      { fails: /^The contract has errors: tier: / },
    ],
    ['an unreadable one', unreadable, { unknown: /answers 503/ }],
  ],
  'contract-missing': [
    ['a contract', {}, 'pass'],
    [
      'none',
      { contract: false },
      { fails: /^There is no ownership contract$/ },
    ],
    ...['deprecated', 'Retired', 'end-of-life', 'archived'].map(
      (lifecycle): [string, Case, Said] => [
        `none for what is ${lifecycle}`,
        { contract: false, spec: { lifecycle } },
        'pass',
      ],
    ),
    [
      'none for tier-1',
      {
        contract: false,
        metadata: { labels: { 'service-ownership.io/tier': 'tier-1' } },
      },
      { fails: /for this tier-1 component/ },
    ],
    ['an unreadable one', unreadable, { unknown: /answers 503/ }],
    [
      'an orphan',
      { contract: false, owner: 'falcon' },
      { unknown: /its cause, owner-unresolvable/ },
    ],
  ],
  'contract-review-overdue': [
    ['reviewed in time', {}, 'pass'],
    [
      'overdue',
      contract({ review: { reviewedAt: '2026-01-01', cadence: 'P90D' } }),
      { fails: /was due on 2026-04-01$/ },
    ],
    [
      'overdue by the cadence of the tier',
      contract({ review: { reviewedAt: '2026-08-01' } }),
      { fails: /was due on 2026-10-30$/ },
    ],
    [
      'overdue, but attested',
      {
        ...contract({ review: { reviewedAt: '2026-01-01' } }),
        more: {
          attestation: { at: new Date('2026-11-01'), by: 'user:default/ada' },
        },
      },
      'pass',
    ],
    ['never reviewed', without('review'), { fails: /Nobody has confirmed/ }],
    [
      'reviewed on a day that is yet to come',
      contract({ review: { reviewedAt: '2099-01-01' } }),
      { fails: /names a review on 2099-01-01, which is yet to come/ },
    ],
    [
      'reviewed today, ahead of UTC',
      contract({ review: { reviewedAt: '2026-11-22' } }),
      'pass',
    ],
    [
      'reviewed on a day that is yet to come, and attested',
      {
        ...contract({ review: { reviewedAt: '2099-01-01' } }),
        more: {
          attestation: { at: new Date('2026-11-01'), by: 'user:default/ada' },
        },
      },
      'pass',
    ],
    [
      'no contract',
      { contract: false },
      { unknown: /its cause, contract-missing/ },
    ],
    ['an unreadable one', unreadable, { unknown: /answers 503/ }],
  ],
  'captain-missing': [
    ['a captain', {}, 'pass'],
    [
      'none',
      without('captain'),
      { fails: /^No captain is named; tier-1 asks for one$/ },
    ],
    ['none in tier-3', { contract: { tier: 'tier-3' } }, 'pass'],
    [
      'a team',
      contract({ captain: 'group:default/payments' }),
      { fails: /is not a user/ },
    ],
    ['an invalid contract', contract({ captain: undefined, tier: 1 }), 'pass'],
    [
      'no contract, but a tier',
      {
        contract: false,
        metadata: { labels: { 'service-ownership.io/tier': 'tier-1' } },
      },
      { unknown: /its cause, contract-missing/ },
    ],
  ],
  'captain-left': [
    ['one who is there', {}, 'pass'],
    [
      'one who is gone',
      contract({ captain: 'user:default/ghost' }),
      { fails: /ghost, is no longer in the catalog/ },
    ],
    [
      'one who is inactive',
      contract({ captain: 'user:default/linus' }),
      { fails: /linus, is no longer active/ },
    ],
    [
      'one who is missing since half an hour',
      contract({ captain: 'user:default/just-now' }),
      { unknown: /just now/ },
    ],
    ['no directory', noDirectory, { unknown: /could not be read/ }],
  ],
  'captain-outside-team': [
    ['one from a team below', {}, 'pass'],
    [
      'one from elsewhere',
      contract({ captain: 'user:default/grace' }),
      { fails: /grace, is not on the team Payments/ },
    ],
    [
      'one who is gone',
      contract({ captain: 'user:default/ghost' }),
      { unknown: /its cause, captain-left/ },
    ],
    [
      'owned by a person',
      { owner: 'user:grace' },
      { unknown: /its cause, owner-not-a-team/ },
    ],
    ['no directory', noDirectory, { unknown: /could not be read/ }],
  ],
  'on-call-missing': [
    ['a rotation', {}, 'pass'],
    [
      'none',
      without('onCall'),
      { fails: /^No on-call rotation is named; tier-1 asks for one$/ },
    ],
    [
      'one by annotation',
      {
        ...without('onCall'),
        metadata: { annotations: { 'pagerduty.com/service-id': 'P1' } },
      },
      'pass',
    ],
    ['none in tier-3', { contract: { tier: 'tier-3' } }, 'pass'],
    [
      'none in a library',
      { ...without('onCall'), spec: { type: 'library' } },
      'pass',
    ],
    [
      'none in an experiment',
      { ...without('onCall'), spec: { lifecycle: 'experimental' } },
      'pass',
    ],
    [
      'an unreadable contract',
      {
        ...unreadable,
        metadata: { labels: { 'service-ownership.io/tier': '1' } },
      },
      { unknown: /answers 503/ },
    ],
  ],
  'escalation-broken': [
    ['two steps', {}, 'pass'],
    [
      'none',
      without('escalation'),
      { fails: /^No escalation is named; tier-1 asks for one$/ },
    ],
    [
      'one for tier-1',
      contract({ escalation: FULL.escalation.slice(0, 1) }),
      { fails: /only one step of escalation; tier-1 asks for 2/ },
    ],
    [
      'two where three are asked for',
      { requirements: { escalationSteps: 3 } },
      { fails: /^There are only 2 steps of escalation; tier-1 asks for 3$/ },
    ],
    [
      'one who is gone',
      contract({
        escalation: [
          FULL.escalation[0],
          { after: 'PT5M', to: 'user:default/ghost' },
        ],
      }),
      { fails: /names user:default\/ghost, which is not in the catalog/ },
    ],
    [
      'a team nobody is on',
      contract({
        escalation: [
          FULL.escalation[0],
          { after: 'PT5M', to: 'group:default/hollow' },
        ],
      }),
      { fails: /Hollow, a team nobody is on/ },
    ],
    [
      'one who left',
      contract({
        escalation: [
          FULL.escalation[0],
          { after: 'PT5M', to: 'user:default/linus' },
        ],
      }),
      { fails: /linus, who is no longer active/ },
    ],
    [
      'a captain who left',
      contract({
        captain: 'user:default/ghost',
        escalation: [
          FULL.escalation[0],
          { after: 'PT5M', to: 'user:default/ghost' },
        ],
      }),
      'pass',
    ],
    [
      'one who is missing since half an hour',
      contract({
        escalation: [
          FULL.escalation[0],
          { after: 'PT5M', to: 'user:default/just-now' },
        ],
      }),
      { unknown: /just now/ },
    ],
    ['no directory', noDirectory, { unknown: /could not be read/ }],
  ],
  'runbook-missing': [
    ['a runbook', {}, 'pass'],
    [
      'none',
      without('runbooks'),
      {
        fails:
          /^There is no runbook; tier-1 asks for deployment, monitoring, incident, rollback$/,
      },
    ],
    [
      'a link in the catalog',
      {
        ...without('runbooks'),
        metadata: { links: [{ type: 'runbook', url: 'https://wiki.example' }] },
      },
      'pass',
    ],
    ['none in tier-4', { contract: { tier: 'tier-4' } }, 'pass'],
    [
      'an unreadable contract',
      {
        ...unreadable,
        metadata: { labels: { 'service-ownership.io/tier': '1' } },
      },
      { unknown: /answers 503/ },
    ],
  ],
  'runbook-coverage': [
    ['all areas', {}, 'pass'],
    [
      'two areas',
      runbook({ covers: ['Incident', 'rollback'] }),
      { fails: /^No runbook covers deployment, monitoring$/ },
    ],
    [
      'none at all',
      without('runbooks'),
      { unknown: /its cause, runbook-missing/ },
    ],
    [
      'an unreadable contract',
      {
        ...unreadable,
        metadata: { labels: { 'service-ownership.io/tier': '1' } },
      },
      { unknown: /answers 503/ },
    ],
  ],
  'runbook-unreachable': [
    ['found', {}, 'pass'],
    [
      'gone',
      checks({ state: 'gone', reason: 'There is no page' }),
      { fails: /^The runbook “All of it” is not where it should be$/ },
    ],
    [
      'one of two gone',
      {
        contract: { ...FULL, runbooks: restore('2026-10-01') },
        more: {
          runbookChecks: new Map([
            ['https://wiki.example/all', { state: 'unknown' }],
            ['https://wiki.example/restore', { state: 'gone' }],
          ]),
        },
      },
      { fails: /“Restore” is not where it should be$/ },
    ],
    [
      'both gone',
      {
        contract: { ...FULL, runbooks: restore('2026-10-01') },
        more: {
          runbookChecks: new Map([
            ['https://wiki.example/all', { state: 'gone' }],
            ['https://wiki.example/restore', { state: 'gone' }],
          ]),
        },
      },
      { fails: /^2 runbooks are not where they should be/ },
    ],
    [
      'the host does not answer',
      checks({ state: 'unknown', reason: 'it answers with 503' }),
      {
        unknown: /“All of it” can be opened is not known: it answers with 503/,
      },
    ],
    [
      'not looked at yet',
      { more: { runbookChecks: new Map() } },
      { unknown: /“All of it” has not been opened yet/ },
    ],
    [
      'nobody looks',
      { more: { runbookChecks: undefined } },
      { unknown: /does not open runbooks/ },
    ],
    ['no runbook', { contract: { ...FULL, runbooks: [] } }, 'pass'],
  ],
  'runbook-stale': [
    ['reviewed in time', {}, 'pass'],
    [
      'reviewed on the last day',
      runbook({ reviewedAt: '2026-05-25T08:00:00Z' }),
      'pass',
    ],
    [
      'reviewed a day earlier',
      runbook({ reviewedAt: '2026-05-24' }),
      { fails: /“All of it” was last reviewed on 2026-05-24$/ },
    ],
    [
      'never reviewed',
      runbook({ reviewedAt: undefined }),
      { unknown: /Nothing says when/ },
    ],
    [
      'reviewed in the future',
      runbook({ reviewedAt: '2062-10-01' }),
      { unknown: /Nothing says when/ },
    ],
  ],
  'slo-missing': [
    ['an SLO', {}, 'pass'],
    [
      'none',
      without('slos'),
      { fails: /^tier-1 asks for an objective; there is none$/ },
    ],
    [
      'one that cannot be read',
      contract({ slos: [{ name: 'x' }] }),
      { fails: /what is written could not be read/ },
    ],
    ['none in tier-3', { contract: { tier: 'tier-3' } }, 'pass'],
    [
      'one that Sloth records',
      { ...without('slos'), ...status({ discovered: true }) },
      'pass',
    ],
    [
      'only what is left of one that was written',
      { ...without('slos'), ...status({}) },
      { fails: /there is none$/ },
    ],
    [
      'one that cannot be read beside one that can',
      contract({ slos: [...FULL.slos, { ref: 'elsewhere' }] }),
      { fails: /^An objective that the team wrote down could not be read$/ },
    ],
    [
      'one that cannot be read while SLO entities cannot',
      {
        ...contract({ slos: [...FULL.slos, { ref: 'elsewhere' }] }),
        more: { unavailable: { slo: 'time-out' } },
      },
      { unknown: /could not be read: time-out/ },
    ],
    [
      'two that nobody asked for and that cannot be read',
      { contract: { tier: 'tier-3', slos: [{ name: 'x' }, { ref: 'y' }] } },
      { fails: /^2 objectives that the team wrote down could not be read$/ },
    ],
    [
      'a store that is down',
      { ...without('slos'), more: { unavailable: { slo: 'time-out' } } },
      { unknown: /could not be read: time-out/ },
    ],
  ],
  'access-missing': [
    ['somebody may get in', {}, 'pass'],
    [
      'a tier-1 names nobody',
      contract({ access: { breakGlass: 'https://a.example' } }),
      { fails: /^No group is named that may act in production, as tier-1/ },
    ],
    [
      'a tier-3 need not say',
      contract({ tier: 'tier-3', access: undefined }),
      'pass',
    ],
    ['there is no contract to say it', { contract: false }, 'pass'],
  ],
  'backup-untested': [
    ['it keeps no data of its own', {}, 'pass'],
    [
      'nobody ever tried',
      contract({ data: ORDERS }),
      { fails: /^Nobody has tried to restore orders/ },
    ],
    [
      'it was tried last month',
      contract({ data: ORDERS, runbooks: restore('2026-10-20') }),
      'pass',
    ],
    [
      'it was tried long ago',
      contract({ data: ORDERS, runbooks: restore('2024-10-20') }),
      { fails: /^Restoring orders was last tried on 2024-10-20/ },
    ],
    [
      'a day in the future says nothing',
      contract({ data: ORDERS, runbooks: restore('2036-10-20') }),
      { fails: /^Nobody has tried to restore orders/ },
    ],
    [
      'a tier-3 need not try',
      contract({ tier: 'tier-3', data: ORDERS }),
      'pass',
    ],
  ],
  'cost-untagged': [
    ['tags', {}, 'pass'],
    [
      'a cost center',
      { ...contract({ cost: { costCenter: 'CC-1' } }), more: paid([]) },
      'pass',
    ],
    [
      'neither, where bills are known',
      { ...without('cost'), more: paid([]) },
      { fails: /^It is tier-1, and neither tags nor a cost center say/ },
    ],
    [
      'neither, and yet its costs are known',
      { ...without('cost'), more: paid([['2026-10', 5]]) },
      'pass',
    ],
    [
      'neither, where no bill ever came',
      without('cost'),
      { unknown: /^No cost was ever pushed/ },
    ],
    [
      'a tier that is not asked',
      {
        ...contract({ cost: undefined, tier: 'tier-3' }),
        more: paid([]),
      },
      'pass',
    ],
    ['a contract that cannot be read', unreadable, { unknown: /503/ }],
  ],
  'handover-stalled': [
    ['no handover', {}, 'pass'],
    [
      'one that is not due',
      changingHands({ dueAt: '2027-01-01T00:00:00.000Z' }),
      'pass',
    ],
    [
      'one past its due date',
      changingHands({}),
      {
        fails:
          /^Its handover from .+ to .+ was due on 2026-11-01 and is not complete$/,
      },
    ],
    [
      'one of nobody, to a team that is gone',
      changingHands({ state: 'proposed', from: [], to: 'group:default/gone' }),
      { fails: /^Its handover from nobody to gone was due/ },
    ],
  ],
  'cost-over-budget': [
    ['no budget', { more: paid([['2026-10', 5000]]) }, 'pass'],
    ['within it', { ...budgeted, more: paid([['2026-10', 1200]]) }, 'pass'],
    [
      'above it last month',
      { ...budgeted, more: paid([['2026-10', 1200.018]]) },
      {
        fails:
          /^It cost 1200.02 EUR in 2026-10; its budget is 1200 EUR a month$/,
      },
    ],
    [
      'above it already',
      { ...budgeted, more: paid([['2026-11', 1300]]) },
      { fails: /^It cost 1300 EUR in 2026-11 so far/ },
    ],
    [
      'another currency',
      { ...budgeted, more: paid([['2026-10', 5000, 'USD']]) },
      { unknown: /budget is in EUR and its costs are in USD/ },
    ],
    [
      'a cost of long ago',
      { ...budgeted, more: paid([['2026-07', 5000]]) },
      { unknown: /No cost of it is known/ },
    ],
    ['no bill at all', budgeted, { unknown: /^No cost was ever pushed/ }],
    ['a contract that cannot be read', unreadable, { unknown: /503/ }],
  ],
  'deprecated-with-dependents': [
    ['nobody depends on it', { spec: { lifecycle: 'deprecated' } }, 'pass'],
    ...['deprecated', 'Retired', 'end-of-life', 'archived'].map(
      (lifecycle): [string, Case, Said] => [
        `${lifecycle}, and somebody does`,
        { spec: { lifecycle }, facts: { dependents: ['component:default/a'] } },
        { fails: /but component:default\/a still depends on it$/ },
      ],
    ),
  ],
};

describe.each(Object.entries(table))('%s', (ruleId, rows) => {
  it.each(rows)('%s', (_, options, said) => {
    const outcome = evaluate(options).outcomes.find(
      ({ rule }) => rule.id === ruleId,
    )?.outcome;
    expect(outcome).toMatchObject(expected(said));
  });
});

function expected(said: Said): object {
  if (said === 'pass') {
    return { status: 'pass' };
  }
  if ('unknown' in said) {
    return {
      status: 'unknown',
      reason: expect.stringMatching(said.unknown),
    };
  }
  const text = expect.any(String);
  return {
    status: 'fail',
    message: expect.stringMatching(said.fails),
    evidence: expect.arrayContaining([
      expect.objectContaining({ label: text, value: text, source: text }),
    ]),
    remediation: expect.stringMatching(/\w/),
  };
}

it('has a table for every rule', () => {
  expect(Object.keys(table).sort()).toEqual(
    driftRules.map(({ id }) => id).sort(),
  );
});

it('has causes before consequences', () => {
  driftRules.forEach(({ consequenceOf = [] }, index) => {
    const earlier = driftRules.slice(0, index).map(({ id }) => id);
    expect(earlier).toEqual(expect.arrayContaining([...consequenceOf]));
  });
});

it('finds nothing where everything is in order', () => {
  const { outcomes, state, stateReason, validUntil } = evaluate();
  expect(outcomes.filter(({ outcome }) => outcome.status !== 'pass')).toEqual(
    [],
  );
  expect(outcomes.map(({ rule }) => rule.id)).toEqual(
    driftRules
      .filter(({ enabledByDefault = true }) => enabledByDefault)
      .map(({ id }) => id),
  );
  expect([state, stateReason]).toEqual(['owned', 'Owned by Payments']);
  expect(validUntil).toEqual(new Date('2026-12-30T00:00:00Z'));
});

it('names the dependents of something deprecated', () => {
  const component = entity('API', 'orders', {
    lifecycle: 'Deprecated',
    owner: 'payments',
  });
  component.relations = [
    { type: 'apiConsumedBy', targetRef: 'component:default/shop' },
    { type: 'dependencyOf', targetRef: 'Component:Default/Shop' },
    { type: 'dependencyOf', targetRef: 'component:default/till' },
    { type: 'dependencyOf', targetRef: 'api:default/orders' },
  ];
  const { outcomes } = evaluateRules({
    facts: collectFacts({ entity: component, directory, now: NOW }),
    rules: configureRules({ rules: driftRules }),
    context: {
      now: NOW,
      directory,
      graceMs: 0,
      unresolvedSince: () => undefined,
    },
  });
  expect(
    outcomes.filter(({ outcome }) => outcome.status === 'fail'),
  ).toMatchObject([
    {
      rule: { id: 'deprecated-with-dependents' },
      outcome: {
        message:
          'It is Deprecated, but component:default/shop, component:default/till still depend on it',
      },
    },
  ]);
});

// One cause, one finding: what else is wrong is no news.
it.each<[string, Case, string, string[]]>([
  ['no owner', { owner: false }, 'orphaned', ['owner-missing']],
  [
    'an owner who is gone',
    { owner: 'falcon' },
    'orphaned',
    ['owner-unresolvable'],
  ],
  [
    'an owner who is gone and no contract',
    { owner: 'falcon', contract: false },
    'orphaned',
    ['owner-unresolvable'],
  ],
  [
    'a team without members',
    { owner: 'hollow' },
    'orphaned',
    ['owner-empty-group'],
  ],
  [
    'a person who left',
    { owner: 'user:linus' },
    'orphaned',
    ['owner-inactive'],
  ],
  [
    'a placeholder that is nobody',
    { owner: 'unknown' },
    'orphaned',
    ['owner-placeholder'],
  ],
  [
    'a placeholder without members',
    { owner: 'guests' },
    'orphaned',
    ['owner-placeholder'],
  ],
  [
    'a placeholder in a portal that asks for none',
    { owner: 'unknown', settings: { 'owner-placeholder': false } },
    'orphaned',
    ['owner-unresolvable'],
  ],
  [
    'an owner who is away for half an hour',
    { owner: 'just-now' },
    'unknown',
    [],
  ],
  [
    'one owner who is gone and one who is there',
    { owners: ['group:default/falcon', 'group:default/payments'] },
    'at-risk',
    ['owner-unresolvable'],
  ],
  [
    'one owner who is gone and one who is away',
    { owners: ['group:default/falcon', 'group:default/just-now'] },
    'unknown',
    ['owner-unresolvable'],
  ],
  [
    'an owner who is away and one who is there',
    { owners: ['group:default/just-now', 'group:default/payments'] },
    'owned',
    ['owner-multiple'],
  ],
  ['no directory', noDirectory, 'unknown', []],
  [
    'a catalog without an organisation',
    { more: { directory: buildDirectory({ entities: [] }) } },
    'unknown',
    [],
  ],
  [
    'a catalog without users',
    { contract: false, more: { directory: groupsOnly } },
    'unknown',
    ['contract-missing'],
  ],
  ['no contract', { contract: false }, 'owned', ['contract-missing']],
  [
    'no contract in tier-1',
    {
      contract: false,
      metadata: { labels: { 'service-ownership.io/tier': '1' } },
    },
    'owned',
    ['contract-missing'],
  ],
  [
    'a contract that is wrong',
    contract({ tier: 'gold' }),
    'at-risk',
    ['contract-invalid'],
  ],
  ['two contracts', secondContract, 'at-risk', ['contract-duplicate']],
  ['an unreadable contract', unreadable, 'owned', []],
  [
    'a captain who left',
    contract({ captain: 'user:default/ghost' }),
    'at-risk',
    ['captain-left'],
  ],
  ['no runbook', without('runbooks'), 'owned', ['runbook-missing']],
  [
    'a System without a contract',
    { kind: 'System', contract: false },
    'owned',
    [],
  ],
  [
    'an experiment without a contract',
    { contract: false, spec: { lifecycle: 'experimental' } },
    'owned',
    [],
  ],
])('%s is one finding', (_, options, state, findings) => {
  const verdict = evaluate(options);
  expect(
    verdict.outcomes
      .filter(({ outcome }) => outcome.status === 'fail')
      .map(({ rule }) => rule.id),
  ).toEqual(findings);
  expect(verdict.state).toBe(state);
});

it('sends people to the file without telling paths or credentials', () => {
  const remediationFor = (location: string) => {
    const found = evaluate({
      owner: 'falcon',
      metadata: {
        annotations: { 'backstage.io/managed-by-location': location },
      },
    }).outcomes.find(({ outcome }) => outcome.status === 'fail')?.outcome;
    return (found as { remediation?: string }).remediation;
  };
  expect(
    remediationFor(
      'url:https://me:secret@git.example/pay/catalog-info.yaml?token=1',
    ),
  ).toBe(
    'In https://git.example/pay/catalog-info.yaml, set spec.owner to the team that answers for it now. If group:default/falcon exists, bring it into the organisation data instead.',
  );
  expect(remediationFor('file:/home/somebody/pay/catalog-info.yaml')).toBe(
    'In catalog-info.yaml, set spec.owner to the team that answers for it now. If group:default/falcon exists, bring it into the organisation data instead.',
  );
  expect(remediationFor('bootstrap:bootstrap')).toBe(
    'Set spec.owner of component:default/checkout to the team that answers for it now where the entity is defined. If group:default/falcon exists, bring it into the organisation data instead.',
  );
});

it.each([
  // what is written; what may have been meant
  ['ada', 'user:default/ada'],
  ['user:payments', 'group:default/payments'],
  ['group:pay/ledger', 'group:default/ledger'],
])('takes %s for a slip where %s is there', (owner, meant) => {
  const found = evaluate({ owner }).outcomes.find(
    ({ rule }) => rule.id === 'owner-unresolvable',
  )?.outcome;
  expect(found).toMatchObject({
    status: 'fail',
    remediation: expect.stringContaining(`to ${meant} if that is meant`),
  });
});

it('says since when an owner is missing in words one can read', () => {
  const found = evaluate({ owner: 'falcon' }).outcomes.find(
    ({ rule }) => rule.id === 'owner-unresolvable',
  )?.outcome;
  expect(found).toMatchObject({
    evidence: expect.arrayContaining([
      expect.objectContaining({
        label: 'Missing since',
        value: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
      }),
    ]),
  });
});
