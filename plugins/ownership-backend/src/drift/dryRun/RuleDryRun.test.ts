import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  configureRules,
  driftRules,
  ruleDryRunRoutes,
  tierRequirements,
  type RuleChange,
  type RuleDryRun as Answer,
} from '@service-ownership/backstage-plugin-ownership-common';
import { ConfigReader } from '@backstage/config';
import type { Express } from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { TestPolicy, testServer } from '../../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
} from '../../__testUtils__/writeOrganisation';
import { readDriftConfig } from '../DriftConfig';
import { RuleDryRun } from './RuleDryRun';
import { ruleDryRunHandlers } from './ruleDryRunHandlers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const service = (name: string, owner: string, more: object = {}) =>
  catalogEntity(
    'Component',
    name,
    { type: 'service', lifecycle: 'production', owner },
    more,
  );
const PAGER = {
  id: 'pager-missing',
  title: 'No pager',
  severity: 'high',
  appliesTo: { kind: 'Component', 'spec.pager.asked': { $exists: false } },
  failsWhen: {
    'metadata.annotations.pagerduty.com/integration-key': { $exists: false },
  },
  message: '{{ metadata.name }} has no pager',
};

const TIERS = { 'tier-3': { captain: true, runbookAreas: [] } };

describe.each(databases.eachSupportedId())('dry run on %p', databaseId => {
  let knex: Knex;
  let bench: ReturnType<typeof driftBench>;
  let app: Express;
  const policy = new TestPolicy();

  beforeAll(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = driftBench({ knex });
    bench.entities = [
      ...team('shop', ['sam']),
      service('cart', 'shop'),
      service('checkout', 'user:default/sam'),
      service('paged', 'shop', {
        annotations: { 'pagerduty.com/integration-key': 'P1' },
      }),
      service('lost', 'nobody'),
    ];
    await bench.scanAfter(0);
    await bench.scanAfter(90);
    const config = readDriftConfig(
      new ConfigReader({
        ownership: {
          drift: { rules: { 'contract-missing': { severity: 'medium' } } },
          tiers: TIERS,
        },
      }),
    );
    const visibility = policy.visibility(bench.catalog);
    const ruleDryRun = new RuleDryRun({
      database: knex,
      catalog: bench.catalog,
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      config,
      rules: driftRules,
      configured: configureRules({ rules: driftRules, settings: config.rules }),
      latestAttestations: async () => new Map(),
      sloStatuses: async () => new Map(),
      requirements: tier => tierRequirements({ tier, overrides: TIERS }),
      now: bench.clock,
    });
    app = testServer(add =>
      add(ruleDryRunRoutes, ruleDryRunHandlers({ ruleDryRun, visibility })),
    );
  });
  afterEach(() => {
    policy.hidden.clear();
    policy.denied.clear();
    bench.onPage = async () => {};
  });
  afterAll(() => knex.destroy());

  const post = (change: RuleChange) =>
    request(app).post('/drift/rules/dry-run').send(change);
  const tryOut = async (change: RuleChange): Promise<Answer> => {
    const response = await post(change);
    expect(response.status).toBe(200);
    return response.body;
  };

  it('tells what opens, closes and changes its state, and writes nothing', async () => {
    const { result, statements } = await countingStatements(knex, () =>
      tryOut({
        rules: {
          'owner-not-a-team': false,
          'contract-missing': { severity: 'low' },
        },
        customRules: [PAGER],
      }),
    );
    expect(statements.filter(sql => !/^\s*select/i.test(sql))).toEqual([]);
    expect(result.problems).toEqual([]);
    const { rules, states, ...counts } = result.outcome!;
    expect(counts).toMatchObject({
      components: 4,
      hidden: 0,
      opens: 2,
      closes: 1,
      findingsThen: counts.findingsNow + 1,
    });
    expect(rules).toMatchObject([
      { id: 'contract-missing', reweighed: 3, opens: 0, closes: 0 },
      {
        id: 'pager-missing',
        opens: 2,
        // What nobody owns is not asked for a pager.
        opening: [
          {
            entityRef: 'component:default/cart',
            message: 'cart has no pager',
          },
          { entityRef: 'component:default/checkout' },
        ],
      },
      {
        id: 'owner-not-a-team',
        enabled: false,
        closes: 1,
        closing: [{ entityRef: 'component:default/checkout' }],
      },
    ]);
    expect(states).toMatchObject({
      changed: 2,
      now: { owned: 3, orphaned: 1 },
      then: { owned: 1, 'at-risk': 2, orphaned: 1 },
      samples: [
        { from: 'owned', to: 'at-risk', reason: 'cart has no pager' },
        { entityRef: 'component:default/checkout' },
      ],
    });
    await expect(bench.standing()).resolves.toEqual(
      expect.not.arrayContaining([
        expect.objectContaining({ ruleId: 'pager-missing' }),
      ]),
    );
  });

  it('lays a change over what is configured, or lets it take its place', async () => {
    expect((await tryOut({ rules: {} })).outcome).toMatchObject({
      opens: 0,
      closes: 0,
      rules: [],
    });
    expect(
      (await tryOut({ rules: {}, replace: true })).outcome?.rules,
    ).toMatchObject([
      { id: 'contract-missing', severity: 'low', reweighed: 3 },
    ]);
  });

  describe('of what tiers ask for', () => {
    const CAPTAIN = { id: 'captain-missing', opens: 0, closes: 1 };
    const ON_CALL = { id: 'on-call-missing', opens: 1, closes: 0 };
    const RUNBOOK = { id: 'runbook-missing', opens: 1, closes: 0 };
    const SEVERITY = { id: 'contract-missing', severity: 'low', reweighed: 3 };
    const contract = { ownershipContract: { tier: 'tier-3' } };
    let before: typeof bench.entities;

    beforeAll(() => {
      before = bench.entities;
      const quay = service('quay', 'shop');
      bench.entities = [
        ...before,
        { ...quay, spec: { ...quay.spec, ...contract } },
      ];
    });
    afterAll(() => {
      bench.entities = before;
    });

    it.each<[string, RuleChange, object[]]>([
      [
        'lays one requirement over the others',
        { tiers: { 'tier-3': { onCall: true } } },
        [ON_CALL],
      ],
      [
        'takes one back',
        { text: 'tiers: { tier-3: { captain: false, slos: 0 } }' },
        [CAPTAIN],
      ],
      [
        'puts the built-in table in place of it, and leaves the rules',
        { tiers: {}, replace: true },
        [CAPTAIN, RUNBOOK],
      ],
      [
        'leaves it where only rules take the place of others',
        { text: 'rules: {}', replace: true },
        [SEVERITY],
      ],
      [
        'takes an app-config for all there is',
        {
          text: 'ownership: { tiers: { tier-3: { runbookAreas: [] } } }',
          replace: true,
        },
        [SEVERITY, CAPTAIN],
      ],
      [
        'also where it says nothing of tiers',
        { text: 'ownership: { drift: { rules: {} } }', replace: true },
        [SEVERITY, CAPTAIN, RUNBOOK],
      ],
      [
        'but not where that is laid over the others',
        { text: 'ownership: { drift: { rules: {} } }' },
        [],
      ],
    ])('%s', async (_case, change, expected) => {
      const { outcome } = await tryOut(change);
      expect(outcome?.components).toBe(5);
      expect(outcome?.rules).toMatchObject(expected);
    });
  });

  it('counts what the caller may see, and asks for the permission', async () => {
    policy.hidden.add('component:default/cart');
    jest
      .spyOn(bench.catalog, 'streamEntities')
      .mockImplementationOnce(async function* visible() {
        yield bench.entities.filter(({ metadata }) => metadata.name !== 'cart');
      });
    expect((await tryOut({ customRules: [PAGER] })).outcome).toMatchObject({
      components: 3,
      hidden: 1,
      opens: 1,
    });
    policy.denied.add('ownership.scan.run');
    expect((await post({ rules: {} })).status).toBe(403);
  });

  it('refuses what is no change of rules', async () => {
    const { status, body } = await request(app)
      .post('/drift/rules/dry-run')
      .send({ customrules: [PAGER] });
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining('customrules'),
    ]);
  });

  it('runs once at a time, and again after it failed', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const reached = new Promise<void>(resolve => {
      bench.onPage = async () => {
        resolve();
        await held;
        throw new Error('the catalog answers 503');
      };
    });
    const first = post({ rules: {} }).then(({ status }) => status);
    await reached;
    expect((await post({ rules: {} })).status).toBe(409);
    release();
    expect(await first).toBe(500);
    bench.onPage = async () => {};
    expect((await post({ rules: {} })).status).toBe(200);
  });

  it.each<[RuleChange, object]>([
    [
      { rules: { 'owner-mising': false } },
      {
        path: 'rules.owner-mising',
        message: expect.stringMatching(/did you mean owner-missing/),
      },
    ],
    [
      { customRules: [{ ...PAGER, severity: 'urgent' }] },
      {
        path: 'customRules[0].severity',
        message: expect.stringMatching(/must be one of/),
      },
    ],
    [
      {
        text: 'ownership:\n  drift:\n    rules:\n      owner-missing: { severity: low }\n      contract-missing:\n        appliesTo: { kind: { $foo: 1 } }\n',
      },
      {
        path: 'ownership.drift.rules.contract-missing.appliesTo["kind"].$foo',
        line: 6,
      },
    ],
    [
      { text: 'rules: [' },
      { line: 1, message: expect.stringMatching(/is not YAML/) },
    ],
    [
      { text: 'app: { title: x }' },
      { message: expect.stringMatching(/has neither rules/) },
    ],
    [
      {
        text: 'ownership:\n  drift: { rules: {} }\n  tiers:\n    tier-1:\n      slos: -1\n',
      },
      {
        path: 'ownership.tiers.tier-1.slos',
        line: 5,
        message: 'is too small: at least 0',
      },
    ],
    [
      { tiers: { 'tier 1': {} } },
      {
        path: 'tiers["tier 1"]',
        message: 'is not known; did you mean tier-1?',
      },
    ],
  ])('says where %j is wrong', async (change, expected) => {
    const { problems, outcome } = await tryOut(change);
    expect(outcome).toBeUndefined();
    expect(problems[0]).toMatchObject(expected);
  });
});
