import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { mockServices } from '@backstage/backend-test-utils';
import { measureRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import express from 'express';
import request from 'supertest';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { DeliveryService } from './DeliveryService';
import { readMeasureConfig } from './MeasureConfig';
import { measureHandlers } from './measureHandlers';
import { MeasurementService } from './MeasurementService';
import { MeasureReport } from './MeasureReport';
import { readMarkers } from './store/readMarkers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const now = new Date('2026-11-21T08:00:00.000Z');
const ref = (name: string) => `component:default/${name}`;

async function setUp(id: TestDatabaseId) {
  const knex = await migratedDatabase(databases, id);
  await writeOrganisation(knex, {
    directory: testDirectory({
      shop: {},
      carts: { parent: 'shop' },
      payments: {},
    }),
    components: [
      { name: 'checkout', owners: ['group:default/shop'] },
      // Both its owners are in the same part of the tree.
      { name: 'cart', owners: ['group:default/carts', 'group:default/shop'] },
      { name: 'ledger', owners: ['group:default/payments'] },
    ],
  });
  const policy = new TestPolicy();
  const visibility = policy.visibility(
    catalogServiceMock({
      entities: ['checkout', 'cart', 'ledger'].map(name => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name, namespace: 'default' },
      })),
    }),
  );
  const config = readMeasureConfig(
    mockServices.rootConfig({
      data: {
        ownership: {
          measures: {
            services: [{ subject: 'k8s/*', entityRef: 'component:default/$1' }],
          },
        },
      },
    }),
  );
  const options = { knex, config, now: () => now };
  const deliveries = new DeliveryService(options);
  const measures = new MeasureReport({ ...options, statuses: async () => [] });
  const audited = jest.fn();
  const app = express()
    .use(
      express.json({
        limit: '4mb',
        type: ['application/json', 'application/*+json'],
      }),
    )
    .use(
      testServer(
        add =>
          add(
            measureRoutes,
            measureHandlers({
              deliveries,
              measurements: new MeasurementService(options),
              measures,
              visibility,
            }),
          ),
        audited,
      ),
    );
  return { api: request(app), knex, policy, audited, deliveries, measures };
}

const event = (
  type: string,
  at: string,
  more: {
    id?: string;
    subject?: string;
    service?: string;
    environment?: string;
    custom?: object;
    version?: string;
  } = {},
) => ({
  context: {
    version: '0.4.1',
    id: more.id ?? [type, at, more.subject, more.environment].join('-'),
    source: '/ci',
    type: `dev.cdevents.${type}.0.2.0`,
    timestamp: `2026-11-${at}:00Z`,
  },
  subject: {
    id: more.subject ?? 'service/checkout',
    content: {
      environment: { id: more.environment ?? 'production' },
      ...(more.service && { service: { id: more.service } }),
      ...(more.version && { artifactId: `pkg:oci/x@${more.version}` }),
    },
  },
  ...(more.custom && { customData: more.custom }),
});

const story = [
  event('service.deployed', '10T08:00', { version: '1.0.0' }),
  event('service.deployed', '11T08:00', { version: '1.1.0' }),
  event('service.rolledback', '11T09:00', { version: '1.0.0' }),
  event('service.upgraded', '12T08:00', { environment: 'staging' }),
  event('service.upgraded', '13T08:00', { subject: 'k8s/cart' }),
  event('service.deployed', '14T08:00', { subject: 'ledger' }),
  event('incident.detected', '14T10:00', {
    subject: 'INC-1',
    service: 'service/ledger',
    custom: { startedAt: '2026-11-14T09:30:00Z', url: 'https://x.example/1' },
  }),
  event('incident.resolved', '14T12:00', { subject: 'INC-1' }),
  event('incident.detected', '20T10:00', {
    subject: 'INC-2',
    service: 'service/checkout',
  }),
];

describe.each(databases.eachSupportedId())('measures on %s', id => {
  const statuses = ({ body }: { body: any }) =>
    body.results.map((result: any) => result.status);

  it('takes events in every content mode, once, and answers each with a reason', async () => {
    const { api, knex, audited } = await setUp(id);
    const one = story[0];

    const structured = await api
      .post('/events')
      .set('Content-Type', 'application/cloudevents+json; charset=utf-8')
      .send(
        JSON.stringify({
          specversion: '1.0',
          id: one.context.id,
          source: '/ci',
          type: one.context.type,
          time: one.context.timestamp,
          data: one,
        }),
      )
      .expect(200);
    expect(structured.body.results).toEqual([
      { id: one.context.id, status: 'stored', entityRef: ref('checkout') },
    ]);

    const binary = (ceId: string) =>
      api
        .post('/events')
        .set({
          'Content-Type': 'application/cdevents+json',
          'ce-specversion': '1.0',
          'ce-id': ceId,
          'ce-source': '%2Fci',
          'ce-type': one.context.type,
          'ce-time': one.context.timestamp,
        })
        .send(JSON.stringify(one));
    expect(audited).toHaveBeenLastCalledWith({ events: 1, stored: 1 });
    expect(statuses(await binary(one.context.id))).toEqual(['duplicate']);
    expect(audited).toHaveBeenLastCalledWith({ events: 1, stored: 0 });
    expect(statuses(await binary('another'))).toEqual(['stored']);

    const batch = await api
      .post('/events')
      .set('Content-Type', 'application/cloudevents-batch+json')
      .send(
        JSON.stringify([
          one,
          story[1],
          story[1],
          event('service.deployed', '15T08:00', { subject: 'service/nope' }),
          event('pipelinerun.finished', '15T08:00'),
          event('service.deployed', '15T08:00', { environment: 'staging' }),
          event('incident.resolved', '15T09:00', { subject: 'INC-9' }),
          null,
          'text',
          { specversion: '1.0' },
          event('service.deployed', '15T08:00', {
            id: 'nul',
            custom: { entityRef: 'component:default/\u0000' },
          }),
        ]),
      )
      .expect(200);
    expect(statuses(batch)).toEqual([
      'duplicate',
      'stored',
      'duplicate',
      'unmapped',
      'ignored',
      'stored',
      'stored',
      'invalid',
      'invalid',
      'invalid',
      'unmapped',
    ]);
    expect(batch.body.results[3].reason).toMatch(
      /no component is called like the service service\/nope/,
    );
    expect(batch.body.results[5].reason).toMatch(/staging is not a production/);
    expect(batch.body.results[6].reason).toMatch(/has named the component/);
    expect(await knex('deployments').count({ n: '*' }).first()).toMatchObject({
      n: expect.anything(),
    });
    await api.post('/events').send([]).expect(400);
    await api.post('/events').send(Array(1001).fill(one)).expect(400);
  });

  it('gives the same whatever the order of arrival', async () => {
    const { api, knex, deliveries } = await setUp(id);
    const snapshot = async () => ({
      deployments: await knex('deployments')
        .orderBy('id')
        .select('id', 'entity_ref', 'failure', 'counts'),
      incidents: await knex('incidents').orderBy('id').select('*'),
    });
    await api.post('/events').send(story).expect(200);
    const inOrder = await snapshot();
    expect(inOrder.deployments.map(row => row.failure).sort()).toEqual(
      ['incident', 'rollback', null, null, null, null].sort(),
    );

    for (const table of ['deployments', 'incidents', 'received_events']) {
      await knex(table).delete();
    }
    for (const late of [...story].reverse()) {
      expect(statuses(await api.post('/events').send(late))).toEqual([
        'stored',
      ]);
    }
    expect(await snapshot()).toEqual(inOrder);
    // Replay, and judging again, change nothing.
    await api.post('/events').send(story);
    await deliveries.judgeAll();
    expect(await snapshot()).toEqual(inOrder);
  });

  it('tells the measures of a component, and what they are made of', async () => {
    const { api, knex } = await setUp(id);
    await api.post('/events').send(story);
    const { body } = await api
      .get('/entities/component/default/ledger/measures')
      .expect(200);
    const measure = (name: string) =>
      body.items.find((item: any) => item.id === name);
    expect(measure('change-failure-rate')).toMatchObject({
      code: 'M13',
      value: 1,
      counted: 1,
      of: 1,
      direction: 'lower',
      target: 0.15,
    });
    expect(measure('time-to-detect')).toMatchObject({ value: 1800 });
    expect(measure('recovery-time')).toMatchObject({ value: 9000, open: 0 });
    expect(measure('cost')).toMatchObject({
      reason: 'Nobody has pushed it yet',
    });
    expect(measure('cost').value).toBeUndefined();
    expect(body.items).toHaveLength(16);
    expect(body.deployments).toMatchObject([
      { kind: 'deployed', failure: 'incident', counts: true },
    ]);
    expect(body.incidents).toMatchObject([
      { resolvedAt: '2026-11-14T12:00:00.000Z', url: 'https://x.example/1' },
    ]);

    expect(
      await readMarkers(knex, {
        entityRef: ref('checkout'),
        from: '2026-11-01T00:00:00.000Z',
        to: now.toISOString(),
      }),
    ).toEqual([
      {
        at: '2026-11-10T08:00:00.000Z',
        kind: 'deployment',
        title: 'Deployed 1.0.0',
      },
      {
        at: '2026-11-11T08:00:00.000Z',
        kind: 'deployment',
        title: 'Deployed 1.1.0',
      },
      {
        at: '2026-11-11T09:00:00.000Z',
        kind: 'rolledback',
        title: 'Rolled back to 1.0.0',
      },
      {
        at: '2026-11-20T10:00:00.000Z',
        kind: 'incident',
        title: 'Incident',
        open: true,
      },
    ]);
  });

  const cost = (name: string, value: number, more: object = {}) => ({
    entityRef: ref(name),
    measure: 'cost',
    value,
    unit: 'money',
    currency: 'EUR',
    period: { start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z' },
    source: 'ledger',
    ...more,
  });

  it('stores measurements, replaces them, and says what is wrong with which', async () => {
    const { api, knex } = await setUp(id);
    const push = (measurements: unknown[]) =>
      api.put('/measurements').send({ measurements });
    const values = async () =>
      knex('measure_values')
        .orderBy(['entity_ref', 'measure', 'currency', 'month'])
        .select('entity_ref', 'measure', 'currency', 'month', 'value');

    const { body } = await push([
      cost('checkout', 100),
      cost('checkout', -1),
      cost('gone', 5),
      'nonsense',
      { ...cost('cart', 1), value: '5' },
      cost('checkout', 20, { source: 'other' }),
      cost('cart', 7, {
        measure: 'toil-hours',
        unit: 'hours',
        currency: undefined,
      }),
      cost('cart', 3, {
        measure: 'security-findings',
        unit: 'findings',
        currency: undefined,
      }),
    ]).expect(200);
    expect(body.accepted).toBe(4);
    expect(body.rejected).toEqual([
      { index: 1, message: expect.stringMatching(/from 0 to/) },
      { index: 2, message: expect.stringMatching(/not among the components/) },
      { index: 3, message: expect.any(String) },
      { index: 4, message: expect.stringMatching(/^value: /) },
    ]);
    const stored = await values();
    expect(stored).toEqual([
      {
        entity_ref: ref('cart'),
        measure: 'security-findings',
        currency: '',
        month: '',
        value: 3,
      },
      {
        entity_ref: ref('cart'),
        measure: 'toil-hours',
        currency: '',
        month: '2026-10',
        value: 7,
      },
      {
        entity_ref: ref('checkout'),
        measure: 'cost',
        currency: 'EUR',
        month: '2026-10',
        value: 120,
      },
    ]);
    // The same again changes nothing; another currency takes the place.
    await push([cost('checkout', 100)]);
    expect(await values()).toEqual(stored);
    await push([cost('checkout', 90, { currency: 'USD' })]);
    expect((await values()).slice(2)).toMatchObject([
      { currency: 'EUR', value: 20 },
      { currency: 'USD', value: 90 },
    ]);
    await push([]).expect(400);
    await push(Array(5001).fill(cost('cart', 1))).expect(400);
  });

  const header =
    'BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceName,Tags';
  const charge = (amount: number | string, tags: object | string, more = {}) =>
    [
      '1',
      amount,
      'EUR',
      '2026-10-05T00:00:00Z',
      '2026-10-06T00:00:00Z',
      'Compute',
      `"${(typeof tags === 'string' ? tags : JSON.stringify(tags)).replace(
        /"/g,
        '""',
      )}"`,
      ...Object.values(more),
    ].join(',');

  it('imports costs and loses nothing of a file', async () => {
    const { api, knex } = await setUp(id);
    await knex('cost_terms').insert(
      ['checkout', 'ledger'].map(name => ({
        entity_ref: ref(name),
        cost_center: 'CC-1',
        tags: JSON.stringify({ service: name }),
        budget_amount: 100,
        budget_currency: 'EUR',
      })),
    );
    const send = (text: string, query = '') =>
      api
        .post(`/measurements/focus${query}`)
        .set('Content-Type', 'text/csv')
        .send(text);
    const file = [
      `\ufeff${header}`,
      charge(120, { service: 'checkout' }),
      charge(-20, { service: 'checkout' }),
      charge(50, { service: 'ledger' }),
      charge(7, { service: 'nobody' }),
      charge(3, { service: 'nobody' }),
      charge(4, { 'cost-center': 'CC-1' }),
      charge(1, ''),
      charge('much', {}),
      charge(1, '{"half'),
      '1,2',
    ].join('\n');
    const first = await send(file).expect(200);
    expect(first.body).toEqual({
      rows: 10,
      matched: 3,
      entities: 2,
      months: ['2026-10'],
      matchedAmounts: [{ currency: 'EUR', amount: 150 }],
      unmatchedAmounts: [{ currency: 'EUR', amount: 15 }],
      unmatched: [
        {
          tags: 'service=nobody',
          reason: 'fits no contract',
          currency: 'EUR',
          amount: 10,
          rows: 2,
        },
        {
          tags: 'cost-center=CC-1',
          reason: `fits ${ref('checkout')}, ${ref('ledger')} alike`,
          currency: 'EUR',
          amount: 4,
          rows: 1,
        },
        {
          tags: 'no tags (Compute)',
          reason: 'fits no contract',
          currency: 'EUR',
          amount: 1,
          rows: 1,
        },
      ],
      errorCount: 3,
      errors: [
        { line: 9, message: expect.stringMatching(/EffectiveCost/) },
        { line: 10, message: expect.stringMatching(/Tags/) },
        { line: 11, message: expect.stringMatching(/BillingCurrency/) },
      ],
    });

    // A corrected file takes the place of the first one, another source adds.
    await send([header, charge(60, { service: 'ledger' })].join('\n'));
    await send(
      [header, charge(5, { service: 'ledger' })].join('\r\n'),
      '?source=other&cost=billed',
    );
    expect(await knex('measure_values').select('entity_ref', 'value')).toEqual([
      { entity_ref: ref('ledger'), value: 61 },
    ]);

    for (const [text, message] of [
      ['', /no charge/],
      ['a,b\n1,2', /lacks EffectiveCost, BillingCurrency/],
      [`${header}\n1,"unclosed`, /Quote Not Closed.* line 2/],
    ] as const) {
      const { status, body } = await send(text);
      expect([text, status]).toEqual([text, 400]);
      expect(body.error.message).toMatch(message);
    }
    await api.post('/measurements/focus').send({ rows: [] }).expect(400);
  });

  it('adds up to what its lists say, an entity once, by currency, as far as one may see', async () => {
    const { api, knex, measures, policy } = await setUp(id);
    await api.post('/events').send(story);
    await api.put('/measurements').send({
      measurements: [
        cost('checkout', 150),
        cost('cart', 30),
        cost('cart', 5, { currency: 'USD', source: 'elsewhere' }),
        cost('ledger', 80),
        cost('ledger', 6, {
          measure: 'toil-hours',
          unit: 'hours',
          currency: undefined,
        }),
      ],
    });
    await knex('cost_terms').insert(
      ['checkout', 'ledger'].map(name => ({
        entity_ref: ref(name),
        cost_center: null,
        tags: null,
        budget_amount: 100,
        budget_currency: 'EUR',
      })),
    );
    const { result: totals, statements } = await countingStatements(knex, () =>
      measures.totals({ visible: 'all' }),
    );
    expect(statements).toHaveLength(1);
    expect(totals).toEqual({
      month: '2026-10',
      deployments: 4,
      failures: 2,
      changeFailureRate: 0.5,
      incidents: 2,
      openIncidents: 1,
      costs: [
        {
          currency: 'EUR',
          amount: 260,
          entities: 3,
          budgeted: 230,
          budget: 200,
          over: 1,
        },
        {
          currency: 'USD',
          amount: 5,
          entities: 1,
          budgeted: 0,
          budget: 0,
          over: 0,
        },
      ],
    });

    const list = async (query: string) =>
      (await api.get(`/measures/entities?${query}`).expect(200)).body;
    const sum = async (query: string) =>
      (await list(query)).items.reduce(
        (total: number, item: { value: number }) => total + item.value,
        0,
      );
    expect(await sum('show=deployments')).toBe(totals.deployments);
    expect(await sum('show=failures')).toBe(totals.failures);
    expect(await sum('show=incidents')).toBe(totals.incidents);
    expect(await sum('show=open-incidents')).toBe(totals.openIncidents);
    expect(await sum('show=cost&currency=EUR')).toBe(260);
    expect(await list('show=over-budget')).toMatchObject({
      totalItems: 1,
      items: [
        {
          entityRef: ref('checkout'),
          title: 'The checkout',
          ownerRefs: ['group:default/shop'],
          value: 150,
          of: 100,
          currency: 'EUR',
        },
      ],
    });
    expect(await sum('show=toil-hours')).toBe(6);
    const first = await list('show=cost&limit=2');
    expect(first.items.map((item: any) => item.value)).toEqual([150, 80]);
    const second = await list(
      `show=cost&limit=2&cursor=${first.pageInfo.nextCursor}`,
    );
    expect(second.items.map((item: any) => item.value)).toEqual([30, 5]);
    await api.get('/measures/entities?show=everything').expect(400);
    await api.get('/measures/entities?show=cost&currency=%00').expect(200);
    const { body: odd } = await api
      .get('/entities/component/default/a%00b/measures')
      .expect(400);
    expect(odd.error.message).toContain('is not an entity ref');

    const { body: rollup } = await api.get('/measures/rollup').expect(200);
    const team = (name: string) =>
      rollup.items.find((item: any) => item.ref === `group:default/${name}`);
    // The cart is owned twice below the shop and counts once.
    expect(team('shop')).toMatchObject({
      entities: 2,
      deployments: 3,
      failures: 1,
      incidents: 1,
      openIncidents: 1,
      costs: [
        { currency: 'EUR', amount: 180 },
        { currency: 'USD', amount: 5 },
      ],
    });
    expect(team('carts')).toMatchObject({
      parent: 'group:default/shop',
      entities: 1,
    });
    expect(team('payments')).toMatchObject({
      measures: [{ measure: 'toil-hours', value: 6, entities: 1 }],
    });
    const { body: part } = await api
      .get('/measures/rollup?team=group:default/carts')
      .expect(200);
    expect(part.items.map((item: any) => item.title)).toEqual(['The carts']);

    policy.hidden.add(ref('checkout'));
    const { body: less } = await api.get('/measures/rollup').expect(200);
    expect(less.hidden).toBe(1);
    expect(
      less.items.find((item: any) => item.ref === 'group:default/shop'),
    ).toMatchObject({ entities: 1, deployments: 1 });
    await api.get('/entities/component/default/checkout/measures').expect(403);
  });

  it('asks for a permission of its own to write', async () => {
    const { api, policy } = await setUp(id);
    policy.denied.add('ownership.event.write');
    policy.denied.add('ownership.measurement.write');
    await api.post('/events').send(story).expect(403);
    await api
      .put('/measurements')
      .send({ measurements: [cost('cart', 1)] })
      .expect(403);
    const { status } = await api
      .post('/measurements/focus')
      .set('Content-Type', 'text/csv')
      .send(header);
    expect(status).toBe(403);
  });

  it('keeps 400 days, and incidents that are open', async () => {
    const { api, knex, deliveries } = await setUp(id);
    await api.post('/events').send(story);
    await knex('deployments').update({ at: '2025-01-01T00:00:00.000Z' });
    await knex('incidents').update({ began_at: '2025-01-01T00:00:00.000Z' });
    await knex('incidents')
      .whereNotNull('resolved_at')
      .update({ resolved_at: '2025-01-02T00:00:00.000Z' });
    await deliveries.dropOld();
    expect(await knex('deployments')).toEqual([]);
    expect(await knex('incidents').pluck('resolved_at')).toEqual([null]);
  });
});

describe('readMeasureConfig', () => {
  const read = (measures: object) =>
    readMeasureConfig(
      mockServices.rootConfig({ data: { ownership: { measures } } }),
    );

  it('knows what counts', () => {
    const { isProduction, failureWindowSeconds } = read({});
    expect(failureWindowSeconds).toBe(86_400);
    expect(
      ['production', 'PROD-eu', 'live', undefined, 'staging', 'preprod'].map(
        isProduction,
      ),
    ).toEqual([true, true, true, true, false, false]);
  });

  it.each([
    [{ failureWindow: { days: 60 } }, /failureWindow must be/],
    [{ productionEnvironments: ['*prod*'] }, /may have one \* only/],
    [{ services: [{ entityRef: 'a' }] }, /subject/],
  ])('refuses %j', (measures, message) => {
    expect(() => read(measures)).toThrow(message);
  });
});
