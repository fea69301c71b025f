import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  pageQuerySchema,
  pageSchema,
  type ApiRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import express from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { z } from 'zod';
import { mountRoutes, type Handlers } from '../mountRoutes';

const thing = z.object({
  ref: z.string(),
  title: z.string().optional(),
  budget: z.object({ remaining: z.number() }).optional(),
  owners: z.array(z.string()),
  byLevel: z.record(z.string(), z.number()),
  rows: z.array(z.object({ at: z.string() })),
  firing: z.boolean(),
});

const routes = {
  listThings: {
    method: 'get',
    path: '/things',
    summary: 'Things',
    query: pageQuerySchema.extend({ text: z.string().max(5).optional() }),
    response: pageSchema(thing),
  },
  getThing: {
    method: 'get',
    path: '/things/:id',
    summary: 'A thing',
    response: thing,
  },
} as const satisfies ApiRoutes;

const first: z.infer<typeof thing> = {
  ref: 'a',
  title: '=HYPERLINK("https://example.com")',
  budget: { remaining: -0.5 },
  owners: ['group:default/x', 'group:default/y'],
  byLevel: { none: 1, beginner: 2 },
  rows: [{ at: '2026-11-21' }],
  firing: true,
};

// 1,201 things: two full pages and one with a single thing.
const things = [
  first,
  ...Array.from({ length: 1200 }, (_, index) => ({
    ...first,
    ref: `b${index}`,
    title: undefined,
    budget: undefined,
    owners: [],
    rows: [],
    firing: false,
  })),
];

const handlers: Handlers<typeof routes> = {
  async listThings({ query }) {
    if (query.text === 'bad') {
      throw new InputError('text: expected something else');
    }
    const from = Number(query.cursor ?? 0);
    const to = from + (query.limit ?? 50);
    const found = query.text === 'none' ? [] : things;
    return {
      items: found.slice(from, to),
      pageInfo: to < found.length ? { nextCursor: String(to) } : {},
      totalItems: found.length,
    };
  },
  getThing: async () => first,
};

function setUp() {
  const router = Router();
  mountRoutes({
    router,
    routes,
    handlers,
    httpAuth: mockServices.httpAuth(),
    auditor: mockServices.auditor.mock(),
  });
  return express().use(router).use(mockErrorHandler());
}

describe('sendTable', () => {
  it('writes every page of a list as CSV that a spreadsheet can open safely', async () => {
    const answer = await request(setUp())
      .get('/things?format=csv&limit=1&cursor=7')
      .expect(200)
      .expect('Content-Type', /^text\/csv/)
      .expect('X-Content-Type-Options', 'nosniff')
      .expect(
        'Content-Disposition',
        'attachment; filename="ownership-things.csv"',
      );

    const lines = answer.text.trimEnd().split('\r\n');
    expect(lines.slice(0, 3)).toEqual([
      'ref,title,budget.remaining,owners,byLevel.none,byLevel.beginner,rows,firing',
      `a,"'=HYPERLINK(""https://example.com"")",-0.5,group:default/x;group:default/y,1,2,"[{""at"":""2026-11-21""}]",true`,
      'b0,,,,1,2,,false',
    ]);
    expect(lines).toHaveLength(1 + things.length);
  });

  it('writes every page of a list as one JSON array', async () => {
    const answer = await request(setUp())
      .get('/things?format=json')
      .expect(200);

    expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify(things)));
  });

  it('writes an empty list', async () => {
    const app = setUp();

    const csv = await request(app).get('/things?format=csv&text=none');
    expect(csv.text).toMatch(/^ref,title,budget\.remaining,[^\n]*\r\n$/);

    const json = await request(app).get('/things?format=json&text=none');
    expect(JSON.parse(json.text)).toEqual([]);
  });

  it.each([
    ['/things?format=xlsx', 'format: expected csv or json'],
    ['/things?format=csv&format=json', 'format: expected csv or json'],
    ['/things/a?format=csv', 'format: this call does not answer with a list'],
    ['/things?format=csv&text=too-long', 'Invalid query: text'],
    ['/things?format=csv&text=bad', 'text: expected something else'],
  ])('answers %s with an error, not with a file', async (path, message) => {
    const answer = await request(setUp()).get(path).expect(400);

    expect(answer.body.error.message).toContain(message);
  });
});
