import { TestDatabases } from '@backstage/backend-test-utils';
import { directoryRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Express } from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import { catalogEntity, driftBench, team } from '../__testUtils__/driftBench';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import { AliasService } from './AliasService';
import { directoryHandlers } from './directoryHandlers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const service = (name: string, owner: string, contract?: object) =>
  catalogEntity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    owner,
    ...(contract && { ownershipContract: contract }),
  });

describe.each(databases.eachSupportedId())('aliases on %p', databaseId => {
  let knex: Knex;
  let bench: ReturnType<typeof driftBench>;
  let app: Express;
  let aliases: AliasService;
  let policy: TestPolicy;
  let scans: jest.Mock;
  const audited = jest.fn();

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = driftBench({ knex, scan: { aliases: () => aliases.table() } });
    aliases = new AliasService({
      knex,
      configured: new Map([['group:default/heron', 'group:default/kestrel']]),
      reported: true,
      now: bench.clock,
    });
    bench.entities = [
      ...team('kestrel', ['kim']),
      ...team('shop', ['sam']),
      service('cart', 'falcon'),
      service('checkout', 'falcon', {
        escalation: [{ after: 'PT0M', to: 'group:default/falcon' }],
      }),
      service('ledger', 'kestrel'),
      service('stock', 'heron'),
    ];
    policy = new TestPolicy();
    scans = jest.fn(async () => ({}));
    app = testServer(
      add =>
        add(
          directoryRoutes,
          directoryHandlers({
            aliases,
            scans: { startAnew: scans },
            visibility: policy.visibility(bench.catalog),
          }),
        ),
      audited,
    );
    await bench.scanAfter(0);
    await bench.scanAfter(90);
  });
  afterEach(() => knex.destroy());

  const put = (from: string, to: string, comment?: string) =>
    request(app).put('/directory/aliases').send({ from, to, comment });
  const list = async () =>
    (await request(app).get('/directory/aliases')).body.items;
  const states = async () =>
    Object.fromEntries(
      (await knex('components').orderBy('name')).map(row => [
        row.name,
        row.state,
      ]),
    );
  const found = async (ruleId: string) =>
    (await bench.standing())
      .filter(finding => finding.ruleId === ruleId)
      .map(({ entityRef, message, ownerRefs }) => [
        entityRef,
        message,
        ...ownerRefs,
      ]);

  it('heals what names the old ref, and says so until the YAML follows', async () => {
    expect(await states()).toEqual({
      cart: 'orphaned',
      checkout: 'orphaned',
      ledger: 'owned',
      stock: 'owned',
    });
    const made = await put('falcon', 'Group:default/Kestrel', 'Renamed in May');
    expect(made.body).toMatchObject({
      from: 'group:default/falcon',
      to: 'group:default/kestrel',
      resolvesTo: 'group:default/kestrel',
      status: 'in-force',
      source: 'portal',
      comment: 'Renamed in May',
      createdBy: 'user:default/mock',
    });
    expect(scans).toHaveBeenCalledWith({ requestedBy: 'user:default/mock' });
    expect(audited).toHaveBeenLastCalledWith({
      from: 'falcon',
      to: 'Group:default/Kestrel',
    });

    const scan = await bench.scanAfter(1);
    expect(scan).toMatchObject({ state: 'completed' });
    expect(await states()).toMatchObject({ cart: 'owned', checkout: 'owned' });
    expect(await found('owner-unresolvable')).toEqual([]);
    expect(await found('escalation-broken')).toEqual([]);
    const says =
      'It says group:default/falcon, which is now group:default/kestrel';
    expect(
      (await found('owner-renamed')).filter(([, message]) => message === says),
    ).toEqual([
      ['component:default/cart', says, 'group:default/kestrel'],
      ['component:default/checkout', says, 'group:default/kestrel'],
    ]);
    expect(await list()).toMatchObject([
      { from: 'group:default/falcon', components: 2 },
      {
        from: 'group:default/heron',
        source: 'configuration',
        components: 1,
        status: 'in-force',
      },
    ]);
    const finding = (await bench.standing()).find(
      ({ ruleId, entityRef }) =>
        ruleId === 'owner-renamed' && entityRef.endsWith('/cart'),
    )!;
    expect((await bench.findings.detail(finding.id)).patch).toContain(
      'owner: group:default/kestrel # before: falcon',
    );

    // The YAML follows: nothing is left to say.
    bench.entities = [
      ...team('kestrel', ['kim']),
      service('cart', 'kestrel'),
      service('checkout', 'kestrel'),
      service('ledger', 'kestrel'),
      service('stock', 'kestrel'),
    ];
    await bench.scanAfter(1);
    expect(await found('owner-renamed')).toEqual([]);
  });

  it('counts a component for every old ref it says', async () => {
    bench.entities = [
      ...bench.entities,
      service('quay', 'Port Team', {
        captain: 'user:default/kimberly',
        escalation: [{ after: 'PT0M', to: 'group:default/heron' }],
      }),
    ];
    await put('Port Team', 'kestrel');
    await put('user:default/kimberly', 'user:default/kim');
    await bench.scanAfter(1);
    const counted = async () =>
      (await list()).map(({ from, components }: any) => [from, components]);
    const expected = [
      ['group:default/heron', 2],
      ['group:default/port team', 1],
      ['user:default/kimberly', 1],
    ];
    expect(await counted()).toEqual(expected);

    // Findings of earlier versions said it in words only, until a scan mends them.
    const stored = () => knex('findings').where('rule_id', 'owner-renamed');
    const before = await stored();
    for (const { id, evidence } of before) {
      const words = JSON.parse(evidence).map(
        ({ ref: _ref, ...rest }: any) => rest,
      );
      await stored()
        .where({ id })
        .update({ evidence: JSON.stringify(words) });
    }
    expect(await counted()).toEqual(expected);
    await bench.newRunner().run();
    expect((await stored()).map(({ evidence }) => evidence)).toEqual(
      before.map(({ evidence }) => evidence),
    );
  });

  it('says that nobody needs an alias once a scan has seen it', async () => {
    const unused = async () =>
      (await list()).flatMap((alias: any) => (alias.unused ? alias.from : []));
    await put('falcon', 'kestrel');
    await put('eagle', 'falcon');
    bench.entities = bench.entities.filter(
      ({ metadata }) => !['cart', 'checkout', 'stock'].includes(metadata.name),
    );
    bench.entities.push(service('nest', 'eagle'));
    expect(await unused()).toEqual([]);
    await bench.scanAfter(1);
    // Nothing says falcon, but the way of eagle leads through it.
    expect(await unused()).toEqual(['group:default/heron']);

    bench.entities.pop();
    await bench.scanAfter(1);
    expect(await unused()).toEqual([
      'group:default/eagle',
      'group:default/heron',
    ]);
    await request(app).delete('/directory/aliases').query({ from: 'eagle' });
    expect(await unused()).toEqual([
      'group:default/falcon',
      'group:default/heron',
    ]);

    // Somebody whom the caller does not see needs it.
    bench.entities.push(service('cart', 'falcon'));
    await bench.scanAfter(1);
    policy.hidden.add('component:default/cart');
    expect(await list()).toMatchObject([
      { from: 'group:default/falcon', components: 0, unused: false },
      { from: 'group:default/heron', components: 0, unused: true },
    ]);
  });

  it('counts whom an alias fails that leads nowhere any more', async () => {
    await put('falcon', 'kestrel');
    await bench.scanAfter(1);
    bench.entities = bench.entities.filter(
      ({ metadata }) => metadata.name !== 'kestrel',
    );
    await bench.scanAfter(1);
    await bench.scanAfter(90);
    expect(await states()).toMatchObject({ cart: 'orphaned' });
    expect(await list()).toMatchObject([
      { status: 'dangling', components: 2, unused: false },
      { status: 'dangling', components: 1, unused: false },
    ]);
  });

  it('orphans again once the alias is removed', async () => {
    await put('falcon', 'kestrel');
    await bench.scanAfter(1);
    const gone = await request(app)
      .delete('/directory/aliases')
      .query({ from: 'falcon' });
    expect(gone.status).toBe(204);
    await bench.scanAfter(1);
    await bench.scanAfter(90);
    expect(await states()).toMatchObject({ cart: 'orphaned', stock: 'owned' });
  });

  it('keeps quiet while the old group is there, and takes over when it goes', async () => {
    bench.entities = [...bench.entities, ...team('falcon', ['flo'])];
    await bench.scanAfter(1);
    expect((await put('falcon', 'kestrel')).body.status).toBe('unneeded');
    await bench.scanAfter(1);
    expect(await found('owner-renamed')).toHaveLength(1);
    bench.entities = bench.entities.filter(
      ({ metadata }) => metadata.name !== 'falcon',
    );
    await bench.scanAfter(1);
    expect(await states()).toMatchObject({ cart: 'owned' });
    expect(await knex('directory_principals').pluck('ref')).not.toContain(
      'group:default/falcon',
    );
  });

  it('follows a chain, and refuses what leads nowhere or back', async () => {
    expect((await put('eagle', 'falcon')).body.error.message).toMatch(
      /group:default\/falcon is not in the catalog/,
    );
    await put('falcon', 'kestrel');
    expect((await put('eagle', 'falcon')).body).toMatchObject({
      status: 'in-force',
      resolvesTo: 'group:default/kestrel',
    });
    for (const [from, to, status, message] of [
      [
        'falcon',
        'eagle',
        400,
        /^to: group:default\/eagle → group:default\/falcon → group:default\/eagle leads back/,
      ],
      ['falcon', 'falcon', 400, /leads back to itself/],
      ['heron', 'shop', 409, /app-config/],
      ['component:x', 'shop', 400, /from: expected the ref of a group/],
      ['falcon*', 'shop', 400, /from: expected the ref of a group/],
      ['x', 'api:y', 400, /to: expected the ref of a group/],
    ] as const) {
      const answer = await put(from, to);
      expect([answer.status, answer.body.error.message]).toEqual([
        status,
        expect.stringMatching(message),
      ]);
    }
    // It can be pointed elsewhere.
    expect((await put('falcon', 'shop')).body.resolvesTo).toBe(
      'group:default/shop',
    );
    for (const [from, status] of [
      ['heron', 409],
      ['nobody', 404],
      ['falcon*', 404],
    ] as const) {
      const answer = await request(app)
        .delete('/directory/aliases')
        .query({ from });
      expect(answer.status).toBe(status);
    }
  });

  it('suggests who could answer for what an old ref orphans', async () => {
    const inSales = (name: string) => {
      const entity = service(name, 'falcon');
      return { ...entity, spec: { ...entity.spec, system: 'sales' } };
    };
    bench.entities = [
      ...bench.entities.filter(({ metadata }) => metadata.name !== 'cart'),
      catalogEntity('System', 'sales', { owner: 'shop' }),
      ...['cart', 'wishlist'].map(inSales),
    ];
    await bench.scanAfter(90);
    const suggestions = (from: string) =>
      request(app).get('/directory/aliases/suggestions').query({ from });
    const { body } = await suggestions('Falcon');
    expect(body).toEqual({
      items: [
        {
          ref: 'group:default/shop',
          title: 'shop',
          components: 2,
          confidence: expect.any(Number),
          reason: expect.stringMatching(/owns the system/i),
        },
      ],
      orphans: 3,
      allOrphans: 3,
    });
    expect(body.items[0].confidence).toBeGreaterThan(0);

    policy.hidden.add('component:default/cart');
    expect((await suggestions('falcon')).body).toMatchObject({
      items: [{ components: 1 }],
      orphans: 2,
    });
    expect((await suggestions('kestrel')).body).toEqual({
      items: [],
      orphans: 0,
      allOrphans: 0,
    });
    const refused = await suggestions('component:default/cart');
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringMatching(/from: expected the ref of a group/),
    ]);
  });

  it('says of how many orphans it looked at the first 500', async () => {
    const many = Array.from({ length: 501 }, (_, index) =>
      service(`gull-${index}`, 'falcon'),
    );
    bench.entities = [...bench.entities, ...many];
    await bench.scanAfter(1);
    policy.hidden.add('component:default/gull-0');
    const { body } = await request(app)
      .get('/directory/aliases/suggestions')
      .query({ from: 'falcon' });
    expect(body).toMatchObject({ orphans: 500, allOrphans: 502 });
  });

  it('is for those who may, and counts what they see', async () => {
    policy.denied.add('ownership.alias.manage');
    expect((await put('falcon', 'kestrel')).status).toBe(403);
    expect(
      (await request(app).delete('/directory/aliases').query({ from: 'heron' }))
        .status,
    ).toBe(403);
    policy.denied.clear();
    policy.denied.add('ownership.read');
    expect(await list()).toMatchObject([
      { from: 'group:default/heron', components: 0 },
    ]);
  });
});
