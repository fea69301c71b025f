import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  contractRoutes,
  configureScorecards,
  driftRules,
  entityRoutes,
  tierRequirements,
  type EffectiveContract,
} from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import { contractHandlers } from '../contract/contractHandlers';
import { latestAttestations } from '../contract/attestations';
import { OnCallConsumer } from '../directory/OnCallConsumer';
import type { JudgedComponent } from '../drift/ScanConsumer';
import { ScorecardConsumer } from '../scorecard/ScorecardConsumer';
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
import { entityHandlers } from './entityHandlers';
import { EntityService } from './EntityService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const now = new Date('2026-11-21T12:00:00.000Z');
const requirements = (tier: EffectiveContract['tier']) =>
  tierRequirements({ tier });

const directory = testDirectory({
  shop: {},
  payments: { parent: 'shop', members: ['ada', 'bo'] },
  search: { parent: 'shop', members: ['cy'] },
});
const payments = 'group:default/payments';

const contract: EffectiveContract = {
  tier: 'tier-1',
  captain: 'user:default/ada',
  onCall: {
    provider: 'static',
    ref: payments,
    rotation: {
      participants: [payments],
      startsAt: '2026-11-16',
      every: 'P7D',
    },
  },
  runbooks: [{ id: 'rollback', title: 'Roll back', url: 'docs/rollback.md' }],
  review: { reviewedAt: '2026-06-01', cadence: 'P90D' },
  provenance: {
    runbooks: {
      source: 'contract',
      location: 'spec.ownershipContract.runbooks',
      entityRef: 'component:default/cart',
    },
  },
};

const components: TestComponent[] = [
  {
    name: 'cart',
    owners: [payments],
    tier: 'tier-1',
    state: 'at-risk',
    reviewDueAt: '2026-08-30T00:00:00.000Z',
    findings: [
      { ruleId: 'runbook-stale', severity: 'low' },
      { ruleId: 'slo-missing', severity: 'high' },
      { ruleId: 'owner-missing', severity: 'critical', state: 'closed' },
    ],
    document: {
      contract,
      contractStatus: 'valid',
      contractSources: [
        { form: 'inline', entityRef: 'component:default/cart' },
      ],
      captain: {
        ref: 'user:default/ada',
        title: 'The ada',
        resolves: true,
      },
      titles: { [payments]: 'The payments' },
    },
  },
  {
    name: 'find',
    system: 'system:default/shop-search',
    domain: 'domain:default/sales',
    owners: ['group:default/search'],
    state: 'owned',
  },
  {
    name: 'lost',
    owners: [],
    state: 'orphaned',
    findings: [{ ruleId: 'owner-missing', severity: 'critical' }],
  },
  { name: 'gift', owners: ['group:default/ghost'], state: 'orphaned' },
];

const judged = components.map(
  ({ name, owners, document }) =>
    ({
      facts: {
        entityRef: `component:default/${name}`,
        owners: owners.map(ref => ({ ref })),
        entity: { kind: 'Component', spec: {} },
        effective: document?.contract ?? { provenance: {} },
      },
      outcomes: [
        { rule: { id: 'owner-missing' }, outcome: { status: 'pass' } },
        { rule: { id: 'runbook-missing' }, outcome: { status: 'fail' } },
      ],
      waived: new Set<string>(),
    } as unknown as JudgedComponent),
);

describe.each(databases.eachSupportedId())('entities on %s', databaseId => {
  async function setUp() {
    const knex = await migratedDatabase(databases, databaseId);
    await writeOrganisation(knex, { directory, components });
    await knex('scans').insert({
      id: '1',
      state: 'completed',
      started_at: '2026-11-21T11:00:00.000Z',
      heartbeat_at: '2026-11-21T11:00:00.000Z',
    });
    const scorecards = configureScorecards({ rules: driftRules });
    for (const consumer of [
      new ScorecardConsumer({ knex, scorecards }),
      new OnCallConsumer({ knex }),
    ]) {
      await consumer.accept(judged, { scanId: '1', now, directory });
      await consumer.finish({ scanId: '1', now, directory });
    }
    await knex('slo_statuses').insert(
      [
        ['availability', 'met', 0.4],
        ['latency', 'breached', -0.2],
        ['new', 'no-data', null],
      ].map(([slo, state, remaining], index) => ({
        slo_id: index + 1,
        entity_ref: 'component:default/cart',
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
    await knex('tombstones').insert({
      entity_ref: 'component:default/old',
      state: 'owned',
      removed_at: '2026-11-01T10:00:00.000Z',
      open_findings: 0,
    });
    await knex('tombstone_owners').insert({
      entity_ref: 'component:default/old',
      owner_ref: payments,
    });

    const entity = (kind: string, name: string, more: object = {}) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name, namespace: 'default' },
      ...more,
    });
    const catalog = catalogServiceMock({
      entities: [
        ...components.map(({ name }) => entity('Component', name)),
        entity('Component', 'fresh', {
          spec: {
            lifecycle: 'production',
            ownershipContract: { tier: 'tier-3', mission: 'Is new.' },
          },
          relations: [
            { type: 'ownedBy', targetRef: payments },
            { type: 'ownedBy', targetRef: 'group:default/ghost' },
          ],
        }),
        entity('Template', 'start'),
        entity('Group', 'payments', {
          spec: { profile: { displayName: 'Payments' } },
          relations: [{ type: 'hasMember', targetRef: 'user:default/ada' }],
        }),
      ],
    });
    const policy = new TestPolicy();
    const visibility = policy.visibility(catalog);
    const entities = new EntityService({
      knex,
      catalog,
      slos: {
        entityStatuses: async ref => {
          await knex('slo_statuses').where('entity_ref', ref);
          return [];
        },
      },
      kinds: new Set(['component', 'api']),
      context: {
        requirements,
        onCallProviders: new Set(),
        scorecards,
        titleOfRule: id => `Title of ${id}`,
      },
      now: () => now,
    });
    const app = testServer(add => {
      add(
        entityRoutes,
        entityHandlers({
          knex,
          entities,
          findings: authorizedFindings({ knex, visibility }),
          owners: new OwnerDecisionService({ database: knex, now: () => now }),
          visibility,
          userInfo: mockServices.userInfo(),
          scorecardId: scorecards[0].id,
        }),
      );
      add(contractRoutes, contractHandlers({ entities, visibility }));
    });
    return { knex, app, policy, catalog };
  }

  it('answers for the entity page in three statements, without asking anybody', async () => {
    const { knex, app, catalog } = await setUp();
    const asked = jest.spyOn(catalog, 'getEntityByRef');
    const { result, statements } = await countingStatements(knex, () =>
      request(app).get('/entities/Component/Default/CART').expect(200),
    );
    expect(statements.length).toBeLessThanOrEqual(3);
    expect(asked).not.toHaveBeenCalled();
    expect(result.body).toMatchObject({
      entityRef: 'component:default/cart',
      title: 'The cart',
      state: 'at-risk',
      stateSince: '2026-11-20T08:00:00.000Z',
      stateReason: 'Because.',
      owners: [
        {
          ref: payments,
          title: 'The payments',
          resolves: true,
          memberCount: 2,
        },
      ],
      captain: { ref: 'user:default/ada' },
      onCall: {
        provider: 'static',
        people: [
          { ref: 'user:default/ada', email: 'ada@example.org' },
          { ref: 'user:default/bo' },
        ],
      },
      contract: { tier: 'tier-1', review: { reviewedAt: '2026-06-01' } },
      contractStatus: 'valid',
      review: { dueAt: '2026-08-30T00:00:00.000Z', overdue: true },
      findings: [
        {
          ruleId: 'slo-missing',
          lastSeenAt: '2026-11-21T11:00:00.000Z',
          ownerRefs: [payments],
        },
        { ruleId: 'runbook-stale', entityTitle: 'The cart' },
      ],
      runbooks: [{ id: 'rollback', readable: true, state: 'unknown' }],
      uncoveredAreas: ['deployment', 'monitoring', 'incident', 'rollback'],
      titles: { [payments]: 'The payments', 'user:default/ada': 'The ada' },
      checkedAt: '2026-11-21T11:00:00.000Z',
      may: { waive: true, attest: true },
    });
    expect(result.body.starterContract).toBeUndefined();
    expect(result.body.scorecards.map((s: any) => s.id)).toEqual([
      'service-ownership-maturity',
      'production-readiness',
    ]);
    expect(result.body.scorecards[0]).toEqual({
      id: 'service-ownership-maturity',
      title: 'Service ownership maturity',
      nextLevel: 'beginner',
      missing: ['runbook-missing'],
      unknown: [],
      score: expect.closeTo(1 / 6),
      rules: [
        {
          ruleId: 'owner-missing',
          title: 'An owner is named',
          level: 'beginner',
          status: 'pass',
        },
        {
          ruleId: 'runbook-missing',
          title: 'There is a runbook',
          level: 'beginner',
          status: 'fail',
        },
      ],
    });

    const orphan = await request(app).get('/entities/component/default/gift');
    expect(orphan.body.starterContract).toMatch(/tier/);
    expect(orphan.body.owners).toEqual([
      {
        ref: 'group:default/ghost',
        title: 'group:default/ghost',
        resolves: false,
        memberCount: 0,
      },
    ]);
  });

  it('says what it can of an entity no scan has seen, and why there is none', async () => {
    const { app } = await setUp();
    const fresh = await request(app)
      .get('/entities/component/default/fresh')
      .expect(200);
    expect(fresh.body).toMatchObject({
      state: 'unknown',
      stateReason: 'Not checked yet; the next scan will',
      owners: [
        { ref: payments, title: 'Payments', resolves: true, memberCount: 1 },
        {
          ref: 'group:default/ghost',
          title: 'ghost',
          resolves: false,
          memberCount: 0,
        },
      ],
      contract: { tier: 'tier-3', mission: 'Is new.', lifecycle: 'production' },
      contractStatus: 'valid',
    });
    expect(fresh.body.checkedAt).toBeUndefined();

    const refused = async (path: string, status: number) =>
      (await request(app).get(`/entities/${path}`).expect(status)).body.error
        .message;
    expect(await refused('component/default/never', 404)).toBe(
      'There is no entity component:default/never',
    );
    expect(await refused('component/default/old', 404)).toBe(
      `component:default/old left the catalog on 2026-11-01; it was owned by ${payments}`,
    );
    expect(await refused('template/default/start', 404)).toMatch(
      /kind template are not under ownership here; those of kind component, api are/,
    );
    expect(await refused('component/default/a%00b', 400)).toMatch(
      /is not an entity ref/,
    );
  });

  it('takes many attestations at once, each for itself', async () => {
    const { app, policy } = await setUp();
    policy.hidden.add('component:default/secret');
    const { body } = await request(app)
      .post('/attestations')
      .send({
        entityRefs: ['Component:cart', 'component:default/secret', 'a:b:c'],
      })
      .expect(200);
    expect(body).toEqual({
      items: [
        {
          entityRef: 'component:default/cart',
          outcome: 'done',
          attestedAt: now.toISOString(),
          dueAt: '2027-02-19T12:00:00.000Z',
        },
        {
          entityRef: 'component:default/secret',
          outcome: 'failed',
          error: expect.stringContaining('ownership.attest'),
        },
        {
          entityRef: 'a:b:c',
          outcome: 'failed',
          error: expect.stringContaining('ownership.attest'),
        },
      ],
      done: 1,
      failed: 2,
    });
    await request(app)
      .post('/attestations')
      .send({ entityRefs: [] })
      .expect(400);

    // Suggested owners are seen by who sees the component, and answered by who may.
    const path = '/entities/component/default/cart/owner-suggestions';
    expect((await request(app).get(path)).body).toEqual({ items: [] });
    const answer = { owner: 'shop' };
    await request(app).post(`${path}/accept`).send(answer).expect(409);
    policy.denied.add('ownership.finding.waive');
    await request(app).post(`${path}/accept`).send(answer).expect(403);
    await request(app).post(`${path}/reject`).send(answer).expect(403);
  });

  it('shows an attestation at once', async () => {
    const { knex, app, policy } = await setUp();
    const attest = (name: string) =>
      request(app).post(`/entities/component/default/${name}/attestations`);

    const due = () =>
      request(app).get('/entities?reviewDueBefore=2026-12-21T12:00:00Z');
    expect((await due()).body.totalItems).toBe(1);
    const { body } = await attest('cart').send({ comment: 'ok' }).expect(201);
    expect(body).toEqual({
      entityRef: 'component:default/cart',
      attestedAt: now.toISOString(),
      attestedBy: mockCredentials.user().principal.userEntityRef,
      dueAt: '2027-02-19T12:00:00.000Z',
    });
    const after = await request(app).get('/entities/component/default/cart');
    expect(after.body.review).toEqual({
      reviewedAt: now.toISOString(),
      reviewedBy: 'user:default/mock',
      dueAt: '2027-02-19T12:00:00.000Z',
      overdue: false,
    });
    const effective = await request(app).get(
      '/entities/component/default/cart/contract',
    );
    expect(effective.body.provenance['review.reviewedAt'].source).toBe(
      'attestation',
    );
    expect((await due()).body.totalItems).toBe(0);
    expect(
      (await latestAttestations({ knex })).get('component:default/cart'),
    ).toEqual({
      entityRef: 'component:default/cart',
      at: now,
      by: 'user:default/mock',
    });

    expect((await attest('find').send({}).expect(409)).body.error.message).toBe(
      'component:default/find has no valid contract to confirm: its contract is missing',
    );
    await attest('never').send({}).expect(404);
    await attest('cart').send({ comment: 3 }).expect(400);
    await attest('cart').send({ comment: 'as\0 it was\ud800' }).expect(201);
    expect(
      await knex('attestations').orderBy('id', 'desc').first('comment'),
    ).toEqual({ comment: 'as it was' });
    policy.denied.add('ownership.attest');
    await attest('cart').send({}).expect(403);
    expect(
      (await request(app).get('/entities/component/default/cart')).body.may,
    ).toEqual({ waive: true, attest: false, handOver: true });
  });

  it('lists components worst first, in short form, as far as they may be seen', async () => {
    const { app, policy } = await setUp();
    const list = async (query = '') =>
      (await request(app).get(`/entities?${query}`).expect(200)).body;
    const names = (page: any) =>
      page.items.map((i: any) => i.entityRef.split('/')[1]);

    const all = await list();
    expect(names(all)).toEqual(['lost', 'gift', 'cart', 'find']);
    expect(all.items[2]).toEqual({
      entityRef: 'component:default/cart',
      title: 'The cart',
      kind: 'Component',
      tier: 'tier-1',
      state: 'at-risk',
      ownerRefs: [payments],
      openFindings: 2,
      worstSeverity: 'high',
      worstSlo: { slo: 'latency', state: 'breached', remaining: -0.2 },
    });
    const first = await list('limit=3');
    expect(names(first)).toEqual(['lost', 'gift', 'cart']);
    const second = await list(`limit=3&cursor=${first.pageInfo.nextCursor}`);
    expect(names(second)).toEqual(['find']);
    expect(
      names(await list(`limit=3&cursor=${second.pageInfo.prevCursor}`)),
    ).toEqual(names(first));
    expect(names(await list('orderBy=entityRef,desc'))).toEqual([
      'lost',
      'gift',
      'find',
      'cart',
    ]);
    expect(names(await list('orderBy=reviewDueAt&limit=1'))).toEqual(['cart']);
    expect(names(await list('state=owned&state=at-risk'))).toEqual([
      'cart',
      'find',
    ]);
    expect(names(await list('team=group:default/SHOP'))).toEqual([
      'cart',
      'find',
    ]);
    expect(names(await list('team=group:default/ghost'))).toEqual(['gift']);
    expect(names(await list('team=none'))).toEqual(['lost', 'gift']);
    expect(names(await list('system=System:default/shop-search'))).toEqual([
      'find',
    ]);
    expect(names(await list('domain=domain:default/sales'))).toEqual(['find']);
    expect(names(await list('domain=domain:default/none'))).toEqual([]);
    expect(names(await list('text=the%20CAR'))).toEqual(['cart']);
    expect(names(await list('text=%25%00_'))).toEqual([]);
    await request(app).get('/entities?cursor=nonsense').expect(400);

    const byRefs = (entityRefs: string[]) =>
      request(app).post('/entities/by-refs').send({ entityRefs });
    expect(
      names(
        (
          await byRefs([
            'Component:find',
            'component:default/cart',
            'x:y',
            ':::',
            'component:default/cart',
          ]).expect(200)
        ).body,
      ),
    ).toEqual(['cart', 'find']);
    expect((await byRefs([])).body).toEqual({ items: [] });

    policy.hidden.add('component:default/cart').add('component:default/lost');
    expect(names(await list())).toEqual(['gift', 'find']);
    expect(names((await byRefs(['component:default/cart'])).body)).toEqual([]);
    await request(app).get('/entities/component/default/cart').expect(403);
    await request(app)
      .get('/entities/component/default/cart/contract')
      .expect(403);
    policy.denied.add('ownership.read');
    expect(await list()).toEqual({ items: [], pageInfo: {}, totalItems: 0 });
  });

  it('lints a contract', async () => {
    const { app } = await setUp();
    const lint = (document: string) =>
      request(app).post('/contracts/validate').send({ document }).expect(200);
    expect((await lint('tier: tier-1\n')).body.errors).toEqual([]);
    expect((await lint('tier: tier-9\n')).body.errors).toMatchObject([
      { path: 'tier', line: 1, column: expect.any(Number) },
    ]);
  });
});
