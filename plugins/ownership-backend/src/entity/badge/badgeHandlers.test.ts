import {
  mockCredentials,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ConfigReader } from '@backstage/config';
import {
  badgeRoutes,
  defaultScorecards,
} from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import { TestPolicy, testServer } from '../../__testUtils__/testServer';
import {
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../../__testUtils__/writeOrganisation';
import { badgeHandlers } from './badgeHandlers';
import { BadgeService } from './BadgeService';
import { readBadgeSecret } from './readBadgeSecret';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const secret = 'a secret of many characters';
const [scorecard] = defaultScorecards;

async function setUp(id: TestDatabaseId, options: { secret?: string }) {
  const knex = await migratedDatabase(databases, id);
  await writeOrganisation(knex, {
    directory: testDirectory({ shop: {} }),
    components: ['cart', 'search'].map(name => ({
      name,
      owners: ['group:default/shop'],
      state: name === 'cart' ? 'at-risk' : 'owned',
    })),
  });
  const policy = new TestPolicy();
  const badges = new BadgeService({
    knex,
    ...options,
    scorecard: () => scorecard,
    appBaseUrl: 'https://portal.example.org',
    externalBaseUrl: async () => 'https://portal.example.org/api/ownership',
  });
  const app = testServer(add =>
    add(
      badgeRoutes,
      badgeHandlers({
        badges,
        visibility: policy.visibility(catalogServiceMock({ entities: [] })),
      }),
    ),
  );
  const addressOf = async (metric: string) => {
    const { body } = await request(app)
      .get('/entities/component/default/cart/badges')
      .expect(200);
    return body.items
      .find((badge: { metric: string }) => badge.metric === metric)
      .url.replace('https://portal.example.org/api/ownership', '');
  };
  const anybody = (path: string) =>
    request(app)
      .get(path)
      .set('Authorization', mockCredentials.none.header())
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', part => parts.push(Buffer.from(part)));
        res.on('end', () => done(null, Buffer.concat(parts).toString()));
      });
  return { knex, app, policy, addressOf, anybody };
}

describe.each(databases.eachSupportedId())('badgeHandlers on %s', id => {
  it('gives addresses that anybody can open, and README text', async () => {
    const { app, addressOf, anybody } = await setUp(id, { secret });

    const { body } = await request(app).get(
      '/entities/component/default/cart/badges',
    );
    expect(body.items.map((badge: any) => badge.metric)).toEqual([
      'state',
      'level',
      'budget',
    ]);
    expect(body.items[0].markdown).toBe(
      `[![state](${body.items[0].url})](https://portal.example.org/catalog/default/component/cart)`,
    );

    const answer = await anybody(await addressOf('state'))
      .expect(200)
      .expect('Content-Type', /^image\/svg\+xml/)
      .expect('Content-Security-Policy', /default-src 'none'/)
      .expect('Cache-Control', 'public, max-age=300');
    expect(answer.body).toMatch(/^<svg .*ownership.*at risk.*<\/svg>$/s);
  });

  it('says what is not known', async () => {
    const { addressOf, anybody } = await setUp(id, { secret });

    expect((await anybody(await addressOf('level'))).body).toContain(
      'no level yet',
    );
    expect((await anybody(await addressOf('budget'))).body).toContain(
      'error budget: unknown',
    );
  });

  it('tells the level and the worst budget', async () => {
    const { knex, addressOf, anybody } = await setUp(id, { secret });
    await knex('scorecard_results').insert({
      scorecard_id: scorecard.id,
      entity_ref: 'component:default/cart',
      bucket: scorecard.levels[1].id,
      bucket_rank: 3,
      missing: '[]',
      unknown: '[]',
      score: 0.5,
      score_order: 5000,
      known: 4,
      total: 4,
      rules: '{}',
      fingerprint: 'x',
    });
    const status = (slo_id: number, slo: string, remaining: number) => ({
      slo_id,
      entity_ref: 'component:default/cart',
      slo,
      state: 'met',
      remaining,
      remaining_order: 0,
      burn_order: 0,
      last_data_end: 0,
      search: '',
      status: '{}',
    });
    await knex('slo_statuses').insert([
      status(1, 'availability', 0.9),
      status(2, 'latency', 0.419),
    ]);

    expect((await anybody(await addressOf('level'))).body).toContain(
      scorecard.levels[1].title,
    );
    expect((await anybody(await addressOf('budget'))).body).toContain(
      '41% left',
    );
  });

  it('opens nothing without the right key', async () => {
    const { addressOf, anybody } = await setUp(id, { secret });
    const address: string = await addressOf('state');

    for (const path of [
      address.replace('/cart', '/search'),
      address.replace('/state/', '/budget/'),
      address.replace('/state/', '/everything/'),
      address.replace(/badges\/[^/]+/, 'badges/x'),
      address.replace(/badges\/[^/]+/, `badges/${'0'.repeat(32)}`),
    ]) {
      const answer = await anybody(path).expect(404);
      expect(JSON.parse(answer.body as unknown as string).error.message).toBe(
        'There is no such badge',
      );
    }
  });

  it('gives none where they are switched off, nor to those who may not see', async () => {
    const off = await setUp(id, {});
    await request(off.app)
      .get('/entities/component/default/cart/badges')
      .expect(200, { items: [] });
    await off
      .anybody(`/badges/${'0'.repeat(32)}/state/component/default/cart`)
      .expect(404);

    const { app, policy } = await setUp(id, { secret });
    policy.denied.add('ownership.read');
    await request(app)
      .get('/entities/component/default/cart/badges')
      .expect(403);
  });
});

describe('readBadgeSecret', () => {
  it('wants a secret, not a word', () => {
    const read = (value?: string) =>
      readBadgeSecret(
        new ConfigReader({ ownership: { badges: { secret: value } } }),
      );
    expect(read()).toBeUndefined();
    expect(read(secret)).toBe(secret);
    expect(() => read('hunter2')).toThrow(
      'ownership.badges.secret: expected at least 16 characters, got 7',
    );
  });
});
