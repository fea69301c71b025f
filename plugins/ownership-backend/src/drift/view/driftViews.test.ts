import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  driftViewRoutes,
  MAX_DRIFT_VIEWS,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Express } from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import { TestPolicy, testServer } from '../../__testUtils__/testServer';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import { DriftViews } from './DriftViews';
import { driftViewHandlers } from './driftViewHandlers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const MARA = 'user:default/mara';
const TOM = 'user:default/tom';

describe.each(databases.eachSupportedId())('saved views on %p', databaseId => {
  let knex: Knex;
  let app: Express;
  let policy: TestPolicy;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, databaseId);
    policy = new TestPolicy();
    app = testServer(add =>
      add(
        driftViewRoutes,
        driftViewHandlers({
          driftViews: new DriftViews({
            knex,
            now: () => new Date('2026-11-21T08:00:00Z'),
          }),
          visibility: policy.visibility(catalogServiceMock.mock()),
        }),
      ),
    );
  });
  beforeEach(async () => {
    policy.denied.clear();
    await knex('drift_views').delete();
  });
  afterAll(async () => {
    await knex.destroy();
  });

  const as = (
    user: string,
    method: 'get' | 'post' | 'patch' | 'delete',
    path = '',
    body?: object,
  ) =>
    request(app)
      [method](`/drift/views${path}`)
      .set('authorization', mockCredentials.user.header(user))
      .send(body);
  const names = async (user: string) =>
    (await as(user, 'get')).body.items.map((view: any) => view.name);

  it('keeps what is one’s own to oneself, and what is shared for all', async () => {
    const mine = {
      name: ' Orphans of tier 1 ',
      filter: { tier: 'tier-1', state: ['orphaned'], maxAgeDays: 7 },
      orderBy: 'firstSeenAt,desc',
      groupBy: 'ownerRef',
    };
    const made = await as(MARA, 'post', '', mine);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Orphans of tier 1',
      owner: MARA,
      shared: false,
      isDefault: false,
      mayChange: true,
      filter: { tier: ['tier-1'], state: ['orphaned'], maxAgeDays: 7 },
      orderBy: 'firstSeenAt,desc',
      groupBy: 'ownerRef',
    });
    const path = `/${made.body.id}`;
    expect(await names(TOM)).toEqual([]);
    expect((await as(TOM, 'patch', path, { isDefault: true })).status).toBe(
      404,
    );
    expect((await as(TOM, 'delete', path)).status).toBe(404);

    policy.denied.add('ownership.scan.run');
    expect((await as(MARA, 'patch', path, { shared: true })).status).toBe(403);
    expect((await as(TOM, 'post', '', { ...mine, shared: true })).status).toBe(
      403,
    );
    expect((await as(MARA, 'get')).body.mayShare).toBe(false);
    policy.denied.clear();
    await as(MARA, 'patch', path, { shared: true });
    // What is not mentioned stays.
    expect((await as(TOM, 'get')).body).toMatchObject({
      mayShare: true,
      items: [{ shared: true, mayChange: true }],
    });
    expect((await as(TOM, 'get')).body.items[0].filter).toEqual(
      made.body.filter,
    );

    // Somebody else begins with it, and may not change it.
    policy.denied.add('ownership.scan.run');
    expect((await as(TOM, 'patch', path, { name: 'Mine' })).status).toBe(403);
    expect((await as(TOM, 'delete', path)).status).toBe(403);
    expect((await as(TOM, 'patch', path, { isDefault: true })).body).toEqual(
      expect.objectContaining({ isDefault: true, mayChange: false }),
    );
    expect((await as(MARA, 'get')).body.items[0].isDefault).toBe(false);
    expect((await as(MARA, 'delete', path)).status).toBe(204);
    expect(await names(TOM)).toEqual([]);
    expect(await knex('drift_default_views')).toEqual([]);
  });

  it('has one view to begin with, and one of a name', async () => {
    const view = (name: string, more: object = {}) =>
      as(MARA, 'post', '', { name, filter: {}, ...more });
    const first = await view('b', { isDefault: true });
    const second = await view('a', { isDefault: true });
    const { items } = (await as(MARA, 'get')).body;
    expect(items.map((item: any) => [item.name, item.isDefault])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(
      (await as(MARA, 'patch', `/${second.body.id}`, { isDefault: false })).body
        .isDefault,
    ).toBe(false);

    const twice = await view('a');
    expect(twice.status).toBe(409);
    expect(twice.body.error.message).toContain('there is a view "a" already');
    expect(
      (await as(MARA, 'patch', `/${first.body.id}`, { name: 'a' })).status,
    ).toBe(409);
    // Another's may be called the same.
    expect((await as(TOM, 'post', '', { name: 'a', filter: {} })).status).toBe(
      201,
    );
    // A new filter comes with its own order, or none.
    const ordered = await as(MARA, 'patch', `/${first.body.id}`, {
      filter: { severity: 'high' },
      orderBy: 'ruleId',
    });
    expect(ordered.body).toMatchObject({ orderBy: 'ruleId', name: 'b' });
    const plain = await as(MARA, 'patch', `/${first.body.id}`, {
      filter: { severity: ['low'] },
    });
    expect(plain.body.orderBy).toBeUndefined();
    expect(plain.body.filter).toEqual({ severity: ['low'] });
  });

  it('takes names as text, and refuses what would break a menu', async () => {
    const hostile = `<img src=x onerror=alert(1)>'; DROP TABLE drift_views; --`;
    for (const name of [hostile, 'Überfällig 🚢 %_', '日本語']) {
      const made = await as(MARA, 'post', '', { name, filter: {} });
      expect(made.body.name).toBe(name);
    }
    for (const body of [
      {},
      { name: '   ', filter: {} },
      { name: '\u200b', filter: {} },
      { name: 'a\u202eb', filter: {} },
      { name: 'a\u0000b', filter: {} },
      { name: 'a\nb', filter: {} },
      { name: 'x'.repeat(101), filter: {} },
      { name: 'x', filter: { severity: 'catastrophic' } },
      { name: 'x', filter: {}, orderBy: 'evidence; --' },
      { name: 'x', filter: { text: 'x'.repeat(201) } },
    ]) {
      const { status } = await as(MARA, 'post', '', body);
      expect([body, status]).toEqual([body, 400]);
    }
    for (const id of ['nothing', 'x%00y', `${'x'.repeat(5000)}`]) {
      expect((await as(MARA, 'delete', `/${id}`)).status).toBe(404);
    }
    expect(await names(MARA)).toHaveLength(3);
  });

  it('keeps as many as a person can need', async () => {
    await knex.batchInsert(
      'drift_views',
      Array.from({ length: MAX_DRIFT_VIEWS }, (_, index) => ({
        id: `view-${index}`,
        owner_ref: MARA,
        name: `View ${index}`,
        shared: false,
        content: '{"filter":{}}',
        created_at: '2026-11-21T08:00:00.000Z',
        updated_at: '2026-11-21T08:00:00.000Z',
      })),
      50,
    );
    const more = await as(MARA, 'post', '', { name: 'x', filter: {} });
    expect(more.status).toBe(409);
    expect(more.body.error.message).toContain('delete one first');
    expect((await names(MARA)).slice(0, 3)).toEqual([
      'View 0',
      'View 1',
      'View 2',
    ]);
    expect((await as(TOM, 'post', '', { name: 'x', filter: {} })).status).toBe(
      201,
    );
  });
});
