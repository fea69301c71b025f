import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  briefRoutes,
  defaultScorecards,
} from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import { TestPolicy, testServer } from '../../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../../__testUtils__/writeOrganisation';
import { briefHandlers } from './briefHandlers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const now = new Date('2026-11-21T08:00:00.000Z');
const [scorecard] = defaultScorecards;
const [first, second] = scorecard.levels;

async function setUp(id: TestDatabaseId) {
  const knex = await migratedDatabase(databases, id);
  await writeOrganisation(knex, {
    directory: testDirectory({
      shop: {},
      payments: { parent: 'shop' },
      search: { parent: 'shop' },
    }),
    components: [
      {
        name: 'cart',
        owners: ['group:default/payments'],
        system: 'system:default/checkout',
        domain: 'domain:default/sales',
        state: 'at-risk',
        reviewDueAt: '2026-12-01T00:00:00.000Z',
        findings: [
          { ruleId: 'runbook-stale', severity: 'low' },
          { ruleId: 'slo-missing', severity: 'high' },
          { ruleId: 'captain-left', severity: 'critical', state: 'waived' },
        ],
      },
      {
        // Owned twice below the shop: it counts once there.
        name: 'card',
        owners: ['group:default/payments', 'group:default/search'],
        system: 'system:default/checkout',
        domain: 'domain:default/sales',
        state: 'owned',
        reviewDueAt: '2027-06-01T00:00:00.000Z',
      },
      {
        name: 'index',
        owners: ['group:default/search'],
        domain: 'domain:default/sales',
        state: 'orphaned',
        findings: [{ ruleId: 'owner-empty-group', severity: 'critical' }],
      },
    ],
  });
  await knex('scorecard_results').insert(
    [
      ['cart', first.id],
      ['card', second.id],
      ['index', 'none'],
    ].map(([name, bucket]) => ({
      scorecard_id: scorecard.id,
      entity_ref: `component:default/${name}`,
      bucket,
      bucket_rank: 0,
      missing: '[]',
      unknown: '[]',
      score: 0,
      score_order: 0,
      known: 1,
      total: 1,
      rules: '{}',
      fingerprint: 'x',
    })),
  );
  await knex('slo_statuses').insert(
    [
      ['card', 'latency', 0.4],
      ['card', 'availability', -0.2],
      ['index', 'freshness', undefined],
    ].map(([name, slo, remaining], index) => ({
      slo_id: index,
      entity_ref: `component:default/${name}`,
      slo,
      state: 'met',
      remaining,
      remaining_order:
        remaining === undefined ? 2_000_000_000 : Number(remaining) * 1e6,
      burn_order: 0,
      last_data_end: 0,
      search: '',
      status: '{}',
    })),
  );
  const policy = new TestPolicy();
  const app = testServer(add =>
    add(
      briefRoutes,
      briefHandlers({
        knex,
        visibility: policy.visibility(
          catalogServiceMock({
            entities: ['card', 'index'].map(name => ({
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name, namespace: 'default' },
            })),
          }),
        ),
        scorecards: { scorecards: defaultScorecards },
        now: () => now,
      }),
    ),
  );
  return { knex, app, policy };
}

describe.each(databases.eachSupportedId())('briefHandlers on %s', id => {
  it('tells of teams with the groups below them, in the order asked for', async () => {
    const { knex, app } = await setUp(id);

    const { result, statements } = await countingStatements(knex, () =>
      request(app)
        .get(
          '/briefs?kind=team&ref=group:default/Search&ref=group:default/shop&ref=group:default/gone',
        )
        .expect(200),
    );

    expect(statements).toHaveLength(6);
    expect(result.body.items).toEqual([
      {
        ref: 'group:default/search',
        title: 'The search',
        components: 2,
        byState: { owned: 1, 'at-risk': 0, orphaned: 1, unknown: 0 },
        openFindings: 1,
        level: second.title,
        worstFinding: expect.objectContaining({
          entityRef: 'component:default/index',
          severity: 'critical',
        }),
        worstSlo: {
          entityRef: 'component:default/card',
          entityTitle: 'The card',
          slo: 'availability',
          state: 'met',
          remaining: -0.2,
        },
        reviewsDue: 0,
      },
      {
        ref: 'group:default/shop',
        title: 'The shop',
        components: 3,
        byState: { owned: 1, 'at-risk': 1, orphaned: 1, unknown: 0 },
        openFindings: 3,
        level: first.title,
        worstFinding: expect.objectContaining({
          entityRef: 'component:default/index',
        }),
        worstSlo: expect.objectContaining({ slo: 'availability' }),
        reviewsDue: 1,
      },
      {
        ref: 'group:default/gone',
        title: 'group:default/gone',
        components: 0,
        byState: { owned: 0, 'at-risk': 0, orphaned: 0, unknown: 0 },
        openFindings: 0,
        reviewsDue: 0,
      },
    ]);
  });

  it('tells of systems and domains', async () => {
    const { app } = await setUp(id);

    const system = await request(app).get(
      '/briefs?kind=system&ref=system:default/checkout',
    );
    expect(system.body.items[0]).toMatchObject({
      title: 'checkout',
      components: 2,
      worstFinding: { severity: 'high' },
    });
    const domain = await request(app).get(
      '/briefs?kind=domain&ref=domain:default/sales',
    );
    expect(domain.body.items[0]).toMatchObject({
      components: 3,
      worstFinding: { severity: 'critical' },
    });
  });

  it('counts what the caller may see', async () => {
    const { app, policy } = await setUp(id);
    policy.hidden.add('component:default/cart');

    const { body } = await request(app).get(
      '/briefs?kind=team&ref=group:default/payments',
    );
    expect(body.items[0]).toMatchObject({ components: 1, openFindings: 0 });

    // Of what they see nothing, they are not told what it is called.
    for (const name of ['cart', 'card', 'index']) {
      policy.hidden.add(`component:default/${name}`);
    }
    const { body: nothing } = await request(app).get(
      '/briefs?kind=team&ref=group:default/payments',
    );
    expect(nothing.items[0]).toMatchObject({
      title: 'group:default/payments',
      components: 0,
    });
  });

  it.each([
    ['kind=planet&ref=a', 'kind'],
    ['kind=team', 'ref'],
    [
      `kind=team${Array.from({ length: 21 }, (_, i) => `&ref=g${i}`).join('')}`,
      'ref',
    ],
  ])('refuses %s', async (query, where) => {
    const { app } = await setUp(id);
    const { body } = await request(app).get(`/briefs?${query}`).expect(400);
    expect(body.error.message).toContain(`Invalid query: ${where}`);
  });
});
