import {
  mockErrorHandler,
  mockServices,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { sloRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import express from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { mountRoutes } from '../api/mountRoutes';
import { Visibility } from '../api/Visibility';
import {
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { SloExclusions } from './exclusion/SloExclusions';
import { sloHandlers } from './sloHandlers';
import { SloService } from './SloService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const now = new Date('2026-11-21T08:02:00.123Z');
const entityRef = 'component:default/checkout';
const definition: SloDefinition = {
  name: 'availability',
  title: 'Availability',
  objective: 0.99,
  budgetingMethod: 'Occurrences',
  window: { type: 'rolling', duration: '28d', durationSeconds: 28 * 86_400 },
  noDataSlices: 'ignore',
  indicator: { good: 'good_total', total: 'all_total', type: 'prometheus' },
  origin: { entityRef, path: 'slos[0]' },
  warnings: ['op has no meaning'],
};
const sample = {
  entityRef,
  slo: 'availability',
  start: '2026-11-21T07:55:00Z',
  durationSeconds: 300,
  good: 50,
  total: 100,
};

async function setUp(id: TestDatabaseId, denied: string[] = []) {
  const knex = await migratedDatabase(databases, id);
  await writeOrganisation(knex, {
    directory: testDirectory({ shop: {} }),
    components: [
      {
        name: 'checkout',
        owners: ['group:default/shop'],
        document: {
          contract: {
            provenance: {},
            errorBudgetPolicy: [
              { when: { remainingBelow: 0.5 }, action: 'review' },
              { when: { remainingBelow: 0 }, action: 'freeze' },
            ],
            runbooks: [
              {
                id: 'rollback',
                title: 'Roll back',
                url: 'https://run.books/1',
              },
              // eslint-disable-next-line no-script-url -- as a user can write it
              { id: 'evil', title: 'Evil', url: 'javascript:alert(1)' },
            ],
          },
        },
      },
    ],
  });
  const permissions = mockServices.permissions.mock();
  permissions.authorize.mockImplementation(async asked =>
    asked.map(({ permission }) => ({
      result: denied.includes(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    })),
  );
  permissions.authorizeConditional.mockImplementation(async asked =>
    asked.map(({ permission }) => ({
      result: denied.includes(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    })),
  );
  const slos = new SloService({
    knex,
    logger: mockServices.logger.mock(),
    now: () => now,
  });
  await slos.syncDefinitions({
    definitionsByEntity: new Map([[entityRef, [definition]]]),
  });
  const router = Router();
  router.use(express.json({ limit: '10mb' }));
  mountRoutes({
    router,
    routes: sloRoutes,
    handlers: sloHandlers({
      slos,
      sloExclusions: new SloExclusions({ knex, slos, now: () => now }),
      visibility: new Visibility({
        permissions,
        catalog: catalogServiceMock({ entities: [] }),
      }),
    }),
    httpAuth: mockServices.httpAuth(),
    auditor: mockServices.auditor.mock({
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    }),
    checkAnswers: true,
  });
  return request(express().use(router).use(mockErrorHandler()));
}

const push = (samples: unknown) => ({ samples, idempotencyKey: 'k' });

describe.each(databases.eachSupportedId())('sloHandlers on %s', id => {
  it('answers a push, the list, the detail and the history', async () => {
    const api = await setUp(id);

    await api
      .post('/slis/samples')
      .send(push([sample, { ...sample, slo: 'nope' }]))
      .expect(200, {
        accepted: 1,
        replayed: false,
        rejected: [
          {
            index: 1,
            message: `${entityRef} has no SLO of this name; it has availability`,
          },
        ],
      });

    const list = await api.get('/slos?limit=10&state=partial').expect(200);
    expect(list.body.items).toEqual([
      expect.objectContaining({ entityRef, state: 'partial', sli: 0.5 }),
    ]);

    const detail = await api
      .get('/slos/Component/default/Checkout/availability')
      .expect(200);
    expect(detail.body).toMatchObject({
      status: {
        slo: 'availability',
        ownerRefs: ['group:default/shop'],
        entityTitle: 'The checkout',
      },
      indicator: definition.indicator,
      origin: definition.origin,
      warnings: definition.warnings,
      policyActions: [
        { action: 'freeze', remainingBelow: 0 },
        { action: 'review', remainingBelow: 0.5 },
      ],
      runbooks: [
        { id: 'rollback', title: 'Roll back', url: 'https://run.books/1' },
      ],
    });

    const path = '/slos/component/default/checkout/availability/history';
    const history = await api.get(path).expect(200);
    expect(history.body.stepSeconds).toBe(10_800);
    expect(history.body.points).toHaveLength(224);
    expect(history.body.points.at(-1)).toMatchObject({ good: 50, total: 100 });
    expect(history.body.points[0].coverage).toBe(0);

    const fine = await api
      .get(
        `${path}?from=2026-11-21T07:50:00.000Z&to=2026-11-21T08:00:00.000Z&step=300`,
      )
      .expect(200);
    expect(fine.body.points).toEqual([
      { start: '2026-11-21T07:50:00.000Z', good: 0, total: 0, coverage: 0 },
      { start: '2026-11-21T07:55:00.000Z', good: 50, total: 100, coverage: 1 },
    ]);
    // Beyond the 5-minute buckets the finest step is an hour.
    const coarse = await api
      .get(`${path}?from=2026-11-01T00:00:00.000Z&step=300`)
      .expect(200);
    expect(coarse.body.stepSeconds).toBe(3600);
  });

  it.each([
    ['get', '/slos?orderBy=mood', /orderBy: expected one of remaining/],
    ['get', '/slos?cursor=zzz', /Invalid cursor/],
    ['get', '/slos?state=sad', /state/],
    [
      'get',
      '/slos/component/default/checkout/availability/history?step=400',
      /multiple of 300/,
    ],
    [
      'get',
      '/slos/component/default/checkout/availability/history?from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z',
      /from must be before to/,
    ],
    [
      'get',
      '/slos/component/default/checkout/availability/history?from=2027-11-21T00:00:00Z',
      /from must be before to/,
    ],
    [
      'get',
      '/slos/component/default/checkout/availability/history?from=1800-01-01T00:00:00Z&step=300',
      /more than 5000 points/,
    ],
    ['post', '/slis/samples', /samples/],
  ] as const)('answers 400: %s %s', async (method, path, message) => {
    const api = await setUp(id);
    const { status, body } = await api[method](path);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it('answers 400 to a push of too many or of no samples, 409 to a key used twice', async () => {
    const api = await setUp(id);
    const send = (samples: unknown) =>
      api.post('/slis/samples').send(push(samples) as object);

    expect((await send(Array(10_001).fill(sample))).status).toBe(400);
    expect((await send([])).status).toBe(400);
    expect((await send([{ ...sample, good: 'many' }])).status).toBe(400);
    expect((await send([sample])).status).toBe(200);
    expect((await send([{ ...sample, good: 1 }])).status).toBe(409);
    expect((await send([sample])).body.replayed).toBe(true);
  });

  it('answers 404 for an SLO there is not, also for one with a hostile name', async () => {
    const api = await setUp(id);
    const path = '/slos/component/default/checkout';
    expect((await api.get(`${path}/nope`)).status).toBe(404);
    expect((await api.get(`${path}/%00`)).status).toBe(404);
    const { status } = await api.get(
      '/slos/component/default/%00/availability',
    );
    expect(status).toBe(404);
  });

  it('adds, lists and ends an exclusion, for whoever may', async () => {
    const api = await setUp(id);
    const path = '/slos/component/default/checkout/availability/exclusions';
    const wish = {
      reason: 'Maintenance',
      from: '2026-11-21T08:00:00Z',
      to: '2026-11-21T10:00:00Z',
    };
    const added = await api.post(path).send(wish).expect(201);
    expect(added.body).toMatchObject({
      reason: 'Maintenance',
      state: 'running',
      createdBy: 'user:default/mock',
    });
    const { body } = await api.get(path).expect(200);
    expect(body).toEqual({ items: [added.body], mayChange: true });

    const refused = await api
      .post(path)
      .send({ ...wish, rrule: 'FREQ=SECONDLY' });
    expect(refused.status).toBe(400);
    await api.delete(`${path}/${added.body.id}`).expect(400);
    const ended = await api
      .delete(`${path}/${added.body.id}?reason=Done%20early`)
      .expect(200);
    expect(ended.body).toMatchObject({
      state: 'ended',
      endReason: 'Done early',
    });
    await api.delete(`${path}/%00?reason=x`).expect(404);

    const watching = await setUp(id, ['ownership.slo.exclude']);
    await watching.post(path).send(wish).expect(403);
    expect((await watching.get(path).expect(200)).body).toEqual({
      items: [],
      mayChange: false,
    });
    const blind = await setUp(id, ['ownership.read']);
    await blind.get(path).expect(403);
    await blind.post(path).send(wish).expect(403);
  });

  it('answers 403 without permission, and lists nothing that is hidden', async () => {
    await (
      await setUp(id, ['ownership.sli.write'])
    )
      .post('/slis/samples')
      .send(push([sample]))
      .expect(403);
    const blind = await setUp(id, ['ownership.read']);
    await blind
      .get('/slos/component/default/checkout/availability')
      .expect(403);
    await blind
      .get('/slos/component/default/checkout/availability/history')
      .expect(403);
    // What was found names components.
    await blind.get('/slos/discovery').expect(403);
    const { body } = await blind.get('/slos').expect(200);
    expect(body).toMatchObject({ items: [], totalItems: 0 });
  });
});
