import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  configureScorecards,
  defaultScorecards,
  driftRules,
  entityRoutes,
  scorecardRoutes,
  tierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import type { JudgedComponent } from '../drift/ScanConsumer';
import { writeHistory } from '../drift/store/writeHistory';
import { entityHandlers } from '../entity/entityHandlers';
import { EntityService } from '../entity/EntityService';
import { authorizedFindings } from '../__testUtils__/authorizedFindings';
import { OwnerDecisionService } from '../drift/suggestions/OwnerDecisionService';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
  type TestComponent,
} from '../__testUtils__/writeOrganisation';
import { readMeasureConfig } from '../measure/MeasureConfig';
import { MeasureReport } from '../measure/MeasureReport';
import { MoverService } from './history/MoverService';
import { OverviewConsumer } from './OverviewConsumer';
import { OverviewService } from './OverviewService';
import { ScorecardConsumer } from './ScorecardConsumer';
import { scorecardHandlers } from './scorecardHandlers';
import { InitiativeScopes } from '../initiative/InitiativeScopes';
import { ScorecardDryRun } from './ScorecardDryRun';
import { ScorecardService } from './ScorecardService';
import { teamLoad } from './teamLoad';
import { WeeklyDigests } from './weekly/WeeklyDigests';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const directory = testDirectory({
  shop: {},
  payments: { parent: 'shop', members: ['ada', 'bo'] },
  search: { parent: 'shop', members: ['cy'] },
  empty: { parent: 'shop' },
});
const [shop, payments, search, empty] = [
  'shop',
  'payments',
  'search',
  'empty',
].map(name => `group:default/${name}`);

const components: TestComponent[] = [
  {
    name: 'cart',
    owners: [payments],
    tier: 'tier-1',
    reviewDueAt: '2026-12-01T00:00:00.000Z',
    runbookReviewDueAt: '2026-12-05T00:00:00.000Z',
  },
  {
    name: 'card',
    owners: [payments, search],
    tier: 'tier-1',
    state: 'at-risk',
    reviewDueAt: '2026-08-01T00:00:00.000Z',
    findings: [
      { ruleId: 'slo-missing', severity: 'high' },
      {
        ruleId: 'runbook-stale',
        severity: 'low',
        state: 'waived',
        waiverExpiresAt: '2026-11-30T00:00:00.000Z',
      },
      {
        ruleId: 'captain-left',
        severity: 'low',
        state: 'waived',
        waiverExpiresAt: '2027-06-30T00:00:00.000Z',
      },
    ],
  },
  {
    name: 'find',
    owners: [search],
    tier: 'tier-4',
    reviewDueAt: '2027-03-01T00:00:00.000Z',
  },
  {
    name: 'gift',
    owners: [empty],
    state: 'orphaned',
    findings: [{ ruleId: 'owner-empty-group', severity: 'critical' }],
  },
  {
    name: 'lost',
    owners: [],
    state: 'orphaned',
    findings: [{ ruleId: 'owner-missing', severity: 'critical' }],
  },
  { name: 'dark', owners: ['group:default/ghost'], state: 'unknown' },
];
const slos = [
  ['cart', 'availability', 'met', 0.5],
  ['card', 'availability', 'breached', -0.5],
  ['card', 'latency', 'met', 0.3],
  ['find', 'freshness', 'no-data', null],
] as const;

const judged = components.map(
  ({ name, owners, state }) =>
    ({
      facts: {
        entityRef: `component:default/${name}`,
        owners: owners.map(ref => ({ ref })),
        entity: { kind: 'Component' },
      },
      outcomes: defaultScorecards[0].levels
        .flatMap(level => level.rules)
        .map((id, index) => ({
          rule: { id, title: id },
          outcome: {
            status: state === 'orphaned' && index === 0 ? 'fail' : 'pass',
          },
        })),
      waived: new Set<string>(),
    } as unknown as JudgedComponent),
);

describe('teamLoad', () => {
  it.each([
    [[['tier-1', 1]], 1, 4],
    [
      [
        ['tier-1', 1],
        ['tier-2', 1],
        ['tier-3', 1],
        ['tier-4', 1],
      ],
      1,
      7.5,
    ],
    [
      [
        [null, 2],
        ['strange', 1],
      ],
      2,
      1.5,
    ],
    [[], 3, 0],
    [[['tier-1', 1]], 0, undefined],
  ] as Array<[Array<[string | null, number]>, number, number | undefined]>)(
    'components %j on %d people weigh %d',
    (byTier, activeMembers, load) => {
      expect(teamLoad({ byTier, activeMembers })).toBe(load);
    },
  );
});

describe.each(databases.eachSupportedId())(
  'scorecards and overview over HTTP on %s',
  databaseId => {
    async function setUp() {
      const knex = await migratedDatabase(databases, databaseId);
      let now = new Date('2026-11-21T12:00:00.000Z');
      const clock = () => now;
      await writeOrganisation(knex, { directory, components });
      await knex('slo_statuses').insert(
        slos.map(([name, slo, state, remaining], index) => ({
          slo_id: index + 1,
          entity_ref: `component:default/${name}`,
          slo,
          state,
          remaining,
          remaining_order: 0,
          burn_order: 0,
          last_data_end: 0,
          search: '',
          status: '{}',
        })),
      );
      const scorecards = configureScorecards({ rules: driftRules });
      const scorecardService = new ScorecardService({
        knex,
        scorecards,
        rules: [],
        now: clock,
      });
      const overview = new OverviewService({
        knex,
        scorecard: () => scorecards[0],
        measures: new MeasureReport({
          knex,
          config: readMeasureConfig(mockServices.rootConfig()),
          statuses: async () => [],
          now: clock,
        }),
        now: clock,
      });
      const scan = async (scanId: string, at: string) => {
        now = new Date(at);
        await knex('scans').insert({
          id: scanId,
          state: 'completed',
          started_at: at,
          heartbeat_at: at,
          finished_at: at,
        });
        await writeHistory({ knex, now });
        for (const consumer of [
          new ScorecardConsumer({ knex, scorecards }),
          new OverviewConsumer({ overview }),
        ]) {
          await (consumer as ScorecardConsumer).accept(judged, {
            scanId,
            now,
            directory,
          });
          await consumer.finish({ scanId, now, directory });
        }
      };
      const catalog = catalogServiceMock({
        entities: components.map(({ name }) => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name, namespace: 'default' },
        })),
      });
      const scorecardMovers = new MoverService({
        knex,
        titleOfRule: () => undefined,
        now: () => now,
      });
      const policy = new TestPolicy();
      const visibility = policy.visibility(catalog);
      const app = testServer(add => {
        add(
          scorecardRoutes,
          scorecardHandlers({
            knex,
            scorecards: scorecardService,
            scorecardCatalogue: { scorecards, problem: undefined },
            scorecardDryRun: new ScorecardDryRun({
              knex,
              scopes: new InitiativeScopes({
                catalog,
                auth: mockServices.auth(),
                kinds: new Set(['component']),
              }),
              scorecards,
              rules: driftRules,
            }),
            scorecardMovers,
            weeklyDigests: new WeeklyDigests({
              knex,
              overview,
              movers: scorecardMovers,
              scorecard: () => scorecards[0],
              initiatives: async () => [],
              now: () => now,
            }),
            overview,
            visibility,
            now: () => now,
          }),
        );
        add(
          entityRoutes,
          entityHandlers({
            knex,
            visibility,
            userInfo: mockServices.userInfo(),
            findings: authorizedFindings({ knex, visibility }),
            owners: new OwnerDecisionService({
              database: knex,
              now: () => now,
            }),
            entities: new EntityService({
              knex,
              catalog,
              slos: { entityStatuses: async () => [] },
              kinds: new Set(['component']),
              context: {
                requirements: tier => tierRequirements({ tier }),
                onCallProviders: new Set(),
                scorecards,
                titleOfRule: id => id,
              },
            }),
          }),
        );
      });
      const get = async (path: string, status = 200) =>
        (await request(app).get(path).expect(status)).body;
      return { knex, policy, get, scan, app };
    }

    it('gives the overview in at most 12 statements, each number equal to its list', async () => {
      const { knex, policy, get, scan } = await setUp();
      await scan('1', '2026-11-21T12:00:00.000Z');

      for (const hidden of [[], ['card'], components.map(c => c.name)]) {
        policy.hidden.clear();
        hidden.forEach(name => policy.hidden.add(`component:default/${name}`));
        for (const team of [undefined, shop, search, 'group:default/nope']) {
          const of = team ? `&team=${team}` : '';
          const { result, statements } = await countingStatements(knex, () =>
            get(`/overview?days=30${of}`),
          );
          expect(statements.length).toBeLessThanOrEqual(12);

          const count = async (query: string) =>
            (await get(`/entities?limit=1${of}&${query}`)).totalItems;
          expect(result.owned.value).toBe(await count('state=owned'));
          expect(result.orphaned.value).toBe(await count('state=orphaned'));
          expect(result.atRisk.value).toBe(await count('state=at-risk'));
          expect(result.unknown.value).toBe(await count('state=unknown'));
          expect(result.owned.of).toBe(await count(''));
          expect(result.reviewsDue.value).toBe(
            await count('reviewDueBefore=2026-12-21T12:00:00.000Z'),
          );
          for (const row of result.teams) {
            const { totalItems } = await get(`/entities?team=${row.ref}`);
            expect([row.ref, row.components]).toEqual([row.ref, totalItems]);
          }
        }
      }

      policy.hidden.clear();
      expect(await get('/overview')).toEqual({
        measures: {
          month: '2026-10',
          deployments: 0,
          failures: 0,
          incidents: 0,
          openIncidents: 0,
          costs: [],
        },
        period: {
          from: '2026-10-22T12:00:00.000Z',
          to: '2026-11-21T12:00:00.000Z',
        },
        owned: {
          value: 2,
          of: 6,
          trend: [{ at: '2026-11-21T12:00:00.000Z', value: 2 }],
        },
        orphaned: {
          value: 2,
          of: 6,
          trend: [{ at: '2026-11-21T12:00:00.000Z', value: 2 }],
        },
        atRisk: {
          value: 1,
          of: 6,
          trend: [{ at: '2026-11-21T12:00:00.000Z', value: 1 }],
        },
        unknown: {
          value: 1,
          of: 6,
          trend: [{ at: '2026-11-21T12:00:00.000Z', value: 1 }],
        },
        slosMet: {
          value: 2,
          of: 4,
          unknown: 1,
          trend: [{ at: '2026-11-21T12:00:00.000Z', value: 2 }],
        },
        budgetLeft: {
          value: expect.closeTo(0.1),
          trend: [
            { at: '2026-11-21T12:00:00.000Z', value: expect.closeTo(0.1) },
          ],
        },
        reviewsDue: {
          value: 2,
          of: 6,
          trend: [{ at: '2026-11-21T12:00:00.000Z', value: 2 }],
        },
        teams: [
          {
            ref: empty,
            title: 'The empty',
            parent: shop,
            members: 0,
            components: 1,
            overloaded: false,
            openFindings: 1,
            orphaned: 1,
            atRisk: 0,
            slosBreached: 0,
            score: expect.closeTo(8 / 27),
          },
          {
            ref: payments,
            title: 'The payments',
            parent: shop,
            members: 2,
            components: 2,
            load: 4,
            overloaded: false,
            openFindings: 1,
            orphaned: 0,
            atRisk: 1,
            slosBreached: 1,
            budgetLeft: expect.closeTo(0.1),
            score: 1,
            level: 'advanced',
          },
          {
            ref: search,
            title: 'The search',
            parent: shop,
            members: 1,
            components: 2,
            load: 4.5,
            overloaded: false,
            openFindings: 1,
            orphaned: 0,
            atRisk: 1,
            slosBreached: 1,
            budgetLeft: expect.closeTo(-0.1),
            score: 1,
            level: 'advanced',
          },
          {
            ref: shop,
            title: 'The shop',
            members: 3,
            components: 4,
            load: 9.5 / 3,
            overloaded: false,
            openFindings: 2,
            orphaned: 1,
            atRisk: 1,
            slosBreached: 1,
            budgetLeft: expect.closeTo(0.1),
            score: expect.closeTo((3 + 8 / 27) / 4),
            level: 'advanced',
          },
        ],
        upcoming: [
          {
            kind: 'review',
            entityRef: 'component:default/card',
            title: 'The card',
            dueAt: '2026-08-01T00:00:00.000Z',
            ownerRefs: [payments, search],
          },
          {
            kind: 'waiver-expiry',
            entityRef: 'component:default/card',
            title: 'The card',
            dueAt: '2026-11-30T00:00:00.000Z',
            ownerRefs: [payments, search],
          },
          {
            kind: 'review',
            entityRef: 'component:default/cart',
            title: 'The cart',
            dueAt: '2026-12-01T00:00:00.000Z',
            ownerRefs: [payments],
          },
          {
            kind: 'runbook-review',
            entityRef: 'component:default/cart',
            title: 'The cart',
            dueAt: '2026-12-05T00:00:00.000Z',
            ownerRefs: [payments],
          },
        ],
        hidden: 0,
        lastScan: {
          id: '1',
          state: 'completed',
          finishedAt: '2026-11-21T12:00:00.000Z',
        },
      });
    });

    it('compares with the start of the period, for those who see everything', async () => {
      const { knex, policy, get, scan, app } = await setUp();
      expect((await get('/overview')).owned).toEqual({
        value: 2,
        of: 6,
        trend: [],
      });
      await scan('1', '2026-11-01T08:00:00.000Z');
      await scan('2', '2026-11-02T08:00:00.000Z');
      await knex('components').where('name', 'gift').update({ state: 'owned' });
      await scan('3', '2026-11-21T08:00:00.000Z');
      const again = await countingStatements(knex, () =>
        scan('4', '2026-11-21T09:00:00.000Z'),
      );
      expect(
        again.statements.filter(
          sql => /^(insert|update)/i.test(sql) && !sql.includes('scans'),
        ),
      ).toEqual([]);

      const { orphaned, reviewsDue, teams } = await get('/overview?days=20');
      expect(orphaned).toMatchObject({ value: 1, previous: 2 });
      expect(orphaned.trend.map((p: any) => p.value)).toEqual([2, 2, 1]);
      expect(reviewsDue.previous).toBe(2);
      expect(teams[3].previousScore).toBeCloseTo(teams[3].score);

      const movers = '/scorecards/service-ownership-maturity/movers';
      await knex('scorecard_changes')
        .where('entity_ref', 'component:default/cart')
        .update({
          day: '2026-11-03',
          from_bucket: 'beginner',
          from_score: 0,
          flips: '{"captain-missing":"fp"}',
        });
      expect((await get(`${movers}?since=2026-11-02`)).entities.up).toEqual({
        count: 1,
        items: [
          expect.objectContaining({
            entityRef: 'component:default/cart',
            from: 'beginner',
            to: 'advanced',
          }),
        ],
      });
      expect((await get(movers)).since).toBe('2026-10-22');
      expect((await get(`${movers}?since=soon`, 400)).error.message).toContain(
        'since: expected a day such as 2026-11-21',
      );
      const cart = await get('/entities/component/default/cart');
      expect(cart.scorecards[0].lastMove).toEqual({
        day: '2026-11-03',
        from: 'beginner',
        fromTitle: 'Beginner',
        reasons: [
          {
            ruleId: 'captain-missing',
            title: 'A captain is named',
            from: 'fail',
            to: 'pass',
            day: '2026-11-03',
          },
        ],
      });
      const past = '/scorecards/history?on=2026-11-02';
      expect(
        (await get(`/entities/component/default/cart${past}`)).items[0],
      ).toMatchObject({
        level: 'advanced',
        then: { level: 'beginner', score: 0 },
        configured: true,
      });

      expect(await get(`/digests/weekly?team=${payments}`)).toMatchObject({
        team: { ref: payments, title: 'The payments' },
        components: 2,
        budgets: { exhausted: 1 },
        reviews: { count: 1 },
        hidden: 0,
      });
      const mail = await request(app).get('/digests/weekly?format=html');
      expect(mail.headers['content-type']).toContain('text/html');
      expect(mail.text).toContain('<h1');

      policy.hidden.add('component:default/card');
      expect((await get('/digests/weekly')).budgets.exhausted).toBe(0);
      expect(
        (await get(`/entities/component/default/card${past}`, 403)).error.name,
      ).toBe('NotAllowedError');
      const partly = await get('/overview?days=20');
      expect(partly.hidden).toBe(1);
      expect(partly.orphaned).toEqual({ value: 1, of: 5, trend: [] });
      expect(partly.slosMet).toEqual({
        value: 1,
        of: 2,
        unknown: 1,
        trend: [],
      });
      expect(partly.teams[1]).toMatchObject({ ref: payments, components: 1 });
      expect(partly.upcoming.map((i: any) => i.entityRef)).toEqual([
        'component:default/cart',
        'component:default/cart',
      ]);
      const history = (team = '') =>
        get(`/scorecards/service-ownership-maturity/history?${team}`);
      expect((await history()).points).toEqual([]);
      expect((await history(`team=${empty}`)).points).toHaveLength(3);
      policy.denied.add('ownership.read');
      expect(await get('/overview')).toMatchObject({
        hidden: 6,
        owned: { value: 0, of: 0 },
        teams: [],
        upcoming: [],
      });
      expect((await get(`/overview?team=${payments}`)).team).toEqual({
        ref: payments,
        title: payments,
      });
    });

    it('serves scorecards, results, roll-ups and history', async () => {
      const { policy, get, scan } = await setUp();
      const base = '/scorecards/service-ownership-maturity';
      await scan('1', '2026-11-20T12:00:00.000Z');
      await scan('2', '2026-11-21T12:00:00.000Z');

      expect((await get('/scorecards')).items.map((s: any) => s.id)).toEqual([
        'service-ownership-maturity',
        'production-readiness',
      ]);
      expect((await get(`${base}/results?level=none`)).totalItems).toBe(2);
      expect(
        (await get(`${base}/history?from=2026-11-21T00:00:00Z`)).points,
      ).toMatchObject([
        { day: '2026-11-21', entities: 6, byLevel: { none: 2, advanced: 4 } },
      ]);
      await get(`${base}/history?from=yesterday`, 400);
      await get('/scorecards/nope/rollup', 404);
      await get(`${base}/results?orderBy=x`, 400);
      expect(
        (await get(`${base}/results?team=${encodeURIComponent('a\0b')}`))
          .totalItems,
      ).toBe(0);

      policy.hidden.add('component:default/card');
      const { items } = await get(`${base}/rollup?groupBy=team`);
      expect(items.map((i: any) => [i.ref, i.entities, i.hidden])).toEqual([
        [empty, 1, 0],
        [payments, 1, 1],
        [search, 1, 1],
        [shop, 3, 1],
        ['group:default/ghost', 1, 0],
      ]);
    });
  },
);
