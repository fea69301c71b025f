import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ApiRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import express from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { z } from 'zod';
import { mountRoutes, type Handlers } from './mountRoutes';

const routes = {
  listThings: {
    method: 'get',
    path: '/things',
    summary: 'Things',
    query: z.object({ limit: z.coerce.number().int().max(5).optional() }),
    response: z.object({ limit: z.number() }),
  },
  renameThing: {
    method: 'post',
    path: '/things/:id',
    summary: 'A thing under another name',
    body: z.object({ name: z.string().min(3) }),
    response: z.object({ id: z.string(), name: z.string(), by: z.string() }),
    status: 201,
  },
  getThing: {
    method: 'get',
    path: '/things/:id',
    summary: 'A thing',
    response: z.object({ id: z.string() }),
  },
} as const satisfies ApiRoutes;

const handlers: Handlers<typeof routes> = {
  listThings: async ({ query }) => ({ limit: query.limit ?? 3 }),
  renameThing: async ({ params, body, caller, note }) => {
    note({ parts: ['b', 'c'] });
    if (body.name.startsWith('taken')) {
      throw new ConflictError(`There is a "${body.name}" already`);
    }
    return { id: params.id, name: body.name, by: caller };
  },
  getThing: async ({ params }) => {
    if (params.id === 'gone') {
      throw new NotFoundError('There is no thing "gone"');
    }
    return { wrong: true } as unknown as { id: string };
  },
};

function setUp(checkAnswers = true) {
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const router = Router();
  router.use(express.json());
  mountRoutes({
    router,
    routes,
    handlers,
    httpAuth: mockServices.httpAuth(),
    auditor,
    checkAnswers,
  });
  const app = express().use(router).use(mockErrorHandler());
  return { app, auditor, event };
}

describe('mountRoutes', () => {
  it('parses, answers with the status of the route and names the caller', async () => {
    const { app, auditor, event } = setUp();

    await request(app).get('/things?limit=4').expect(200, { limit: 4 });
    await request(app)
      .post('/things/a')
      .send({ name: 'new name' })
      .expect(201, { id: 'a', name: 'new name', by: 'user:default/mock' });

    // Only the call that writes is audited.
    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'rename-thing', meta: { id: 'a' } }),
    );
    expect(event.success.mock.calls).toEqual([
      [{ meta: { parts: ['b', 'c'] } }],
    ]);
  });

  it.each([
    ['/things?limit=6', /limit: /],
    ['/things?limit=x', /limit: /],
  ])(
    'answers 400 with the name of the parameter: %s',
    async (path, message) => {
      const { app } = setUp();

      const { status, body } = await request(app).get(path);

      expect(status).toBe(400);
      expect(body.error.message).toMatch(message);
    },
  );

  it('answers 400 to a wrong body and audits the failure', async () => {
    const { app, event } = setUp();

    const { status, body } = await request(app)
      .post('/things/a')
      .send({ name: 'x' });

    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^Invalid body: name: /);
    expect(event.fail).toHaveBeenCalledTimes(1);
    expect(event.success).not.toHaveBeenCalled();
  });

  it('keeps what was written on one line of the log', async () => {
    const { app, event } = setUp();

    const { body } = await request(app)
      .post('/things/a')
      .send({ name: 'taken\r\n2026-11-21 ownership info all is\u001b[2K well' })
      .expect(409);

    const message =
      'There is a "taken 2026-11-21 ownership info all is[2K well" already';
    expect(body.error.message).toBe(message);
    expect(event.fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name: 'ConflictError', message }),
      meta: { parts: ['b', 'c'] },
    });
  });

  it('answers 400 to a body that is not JSON', async () => {
    const { app } = setUp();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const { status, body } = await request(app)
        .post('/things/a')
        .type(type)
        .send('{"name":"new name"}');
      expect([type, status]).toEqual([type, 400]);
      expect(body.error.message).toBe(
        `Invalid body: expected JSON with the header Content-Type: application/json, not ${type}`,
      );
    }
  });

  it('passes errors on and holds answers against their schema', async () => {
    await request(setUp().app).get('/things/gone').expect(404);
    await request(setUp().app).get('/things/a').expect(500);
    await request(setUp(false).app).get('/things/a').expect(200);
  });
});
