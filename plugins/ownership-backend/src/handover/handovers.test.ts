import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { handoverRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { reportsOn } from '../drift/scan/judgeComponents';
import { readEntityRow } from '../entity/readEntityRow';
import { OwnershipEvents } from '../events/OwnershipEvents';
import { readUpcoming } from '../scorecard/readOverview';
import { CatalogOwners } from './CatalogOwners';
import { handoverHandlers } from './handoverHandlers';
import { HandoverNotifier } from './HandoverNotifier';
import { HandoverService } from './HandoverService';
import { toHandoverBrief } from './store/openHandoverAsJson';
import { readOpenHandovers } from './store/readOpenHandovers';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const directory = testDirectory({
  shop: {},
  booking: { parent: 'shop', members: ['bo'] },
  payments: { members: ['ada'] },
});
const group = (name: string) => `group:default/${name}`;
const ref = (name: string) => `component:default/${name}`;
const start = Date.parse('2026-11-21T12:00:00Z');
const DAY = 86_400_000;

async function setUp(id: Parameters<typeof databases.init>[0]) {
  const knex = await migratedDatabase(databases, id);
  const names = ['cart', 'card', 'find'];
  await writeOrganisation(knex, {
    directory,
    components: names.map(name => ({ name, owners: [group('booking')] })),
  });
  let now = start;
  const clock = () => new Date(now);
  const entity = (name: string, owner = 'booking') => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', owner },
    relations: [{ type: 'ownedBy', targetRef: group(owner) }],
  });
  const catalog = catalogServiceMock({ entities: names.map(n => entity(n)) });
  const owned = new Map<string, string>();
  let down = false;
  catalog.getEntitiesByRefs = async ({ entityRefs }) => {
    if (down) {
      throw new Error('connect ECONNREFUSED');
    }
    return {
      items: entityRefs.map(one =>
        entity(one.slice(one.indexOf('/') + 1), owned.get(one)),
      ),
    };
  };
  const events: any[] = [];
  const sent: any[] = [];
  const service = new HandoverService({
    knex,
    owners: new CatalogOwners({
      catalog,
      auth: mockServices.auth(),
      aliases: async () => new Map(),
    }),
    config: { checklist: ['On-call moved', 'Access moved'], dueAfterDays: 30 },
    events: new OwnershipEvents({
      events: mockServices.events.mock({
        publish: async ({ eventPayload }) => {
          events.push(eventPayload);
        },
      }),
      logger: mockServices.logger.mock(),
    }),
    notifier: new HandoverNotifier({
      notifications: { send: async (message: any) => void sent.push(message) },
      logger: mockServices.logger.mock(),
    }),
    now: clock,
  });
  const policy = new TestPolicy();
  policy.denied.add('ownership.handover.manage');
  let caller = { user: 'bo', groups: ['booking'] };
  const audited = jest.fn();
  const app = testServer(
    add =>
      add(
        handoverRoutes,
        handoverHandlers({
          handovers: service,
          visibility: policy.visibility(catalog),
          userInfo: mockServices.userInfo.mock({
            getUserInfo: async () => ({
              userEntityRef: `user:default/${caller.user}`,
              ownershipEntityRefs: caller.groups.map(group),
            }),
          }),
        }),
      ),
    audited,
  );
  return {
    audited,
    knex,
    service,
    policy,
    app,
    events,
    sent,
    moveTo: (name: string, owner: string) => owned.set(ref(name), owner),
    catalogIsDown: (value: boolean) => {
      down = value;
    },
    pass: (days: number) => {
      now += days * DAY;
    },
    as: (user: string, ...groups: string[]) => {
      caller = { user, groups };
    },
    propose: (more: object = {}) =>
      request(app)
        .post('/handovers')
        .send({
          entityRefs: [ref('cart')],
          to: group('payments'),
          reason: 'Payments takes the till',
          ...more,
        }),
    post: (path: string, body: object = {}) =>
      request(app).post(`/handovers/${path}`).send(body),
    tick: (path: string, done = true) =>
      request(app).patch(`/handovers/${path}`).send({ done }),
    list: async (query = '') =>
      (await request(app).get(`/handovers?${query}`).expect(200)).body,
  };
}

describe.each(databases.eachSupportedId())('handovers on %s', id => {
  it('goes from proposed to complete, while the old team answers', async () => {
    const t = await setUp(id);
    const { body: proposed } = await t
      .propose({ entityRefs: [ref('cart'), 'Component:default/Card'] })
      .expect(201);
    expect(t.audited).toHaveBeenLastCalledWith({
      handover: proposed.id,
      entityRefs: [ref('cart'), 'Component:default/Card'],
      to: group('payments'),
    });
    expect(proposed).toMatchObject({
      state: 'proposed',
      to: { ref: group('payments'), title: 'The payments', resolves: true },
      from: [{ ref: group('booking'), title: 'The booking' }],
      dueAt: '2026-12-21T12:00:00.000Z',
      overdue: false,
      components: [
        { entityRef: ref('card'), title: 'The card' },
        { entityRef: ref('cart'), title: 'The cart' },
      ],
      checklist: [
        { id: '1', title: 'On-call moved', done: false },
        { id: '2', title: 'Access moved', done: false },
      ],
      problems: [],
      may: { accept: false, cancel: true, check: false, complete: false },
    });
    expect(proposed.toMove[0].patch).toMatch(
      /name: card[\s\S]*owner: group:default\/payments # before: group:default\/booking/,
    );
    const path = proposed.id;

    // Only who receives may accept, and nothing is worked off before.
    expect(
      (await t.post(`${path}/accept`).expect(403)).body.error.message,
    ).toBe(
      'Only members of The payments, or who holds ownership.handover.manage, may accept this handover',
    );
    await t.tick(`${path}/checklist/1`).expect(409);
    t.as('ada', 'payments');
    await t.post(`${path}/accept`, { comment: 'Gladly' }).expect(200);
    await t.post(`${path}/decline`).expect(409);
    expect(
      (await t.post(`${path}/complete`).expect(409)).body.error.message,
    ).toBe('Not done yet: On-call moved; Access moved');

    // Two at once: both stay, whoever was first.
    await Promise.all([
      t.tick(`${path}/checklist/1`).expect(200),
      t.tick(`${path}/checklist/2`).expect(200),
    ]);
    t.as('bo', 'booking');
    const { body: again } = await t.tick(`${path}/checklist/1`).expect(200);
    expect(again).toMatchObject({
      state: 'ready',
      checklist: [{ done: true }, { done: true }],
      may: { complete: true },
    });
    expect(again.checklist[0].doneBy).toBe('user:default/mock');
    expect((await t.tick(`${path}/checklist/2`, false)).body.state).toBe(
      'accepted',
    );
    await t.tick(`${path}/checklist/2`);
    await t.tick(`${path}/checklist/9`).expect(404);

    // The catalog decides who owns, asked now; its silence decides nothing.
    const message = async (status: number) =>
      (await t.post(`${path}/complete`).expect(status)).body.error.message;
    t.moveTo('cart', 'payments');
    expect(await message(409)).toMatch(
      /does not name group:default\/payments as the one owner of component:default\/card yet[\s\S]*owner: group:default\/payments/,
    );
    // Who receives may not see it yet, and is told of no name and no file.
    t.policy.hidden.add(ref('card'));
    expect(await message(409)).toBe(
      'The catalog does not name group:default/payments as the one owner of 1 that you may not see yet. Change the catalog file, wait until the catalog has read it, and try again',
    );
    t.policy.hidden.clear();
    t.moveTo('card', 'payments');
    t.catalogIsDown(true);
    expect(await message(503)).toMatch(/could not be asked.*try again later/);
    t.catalogIsDown(false);
    const { body: complete } = await t.post(`${path}/complete`).expect(200);
    expect(complete).toMatchObject({ state: 'complete', toMove: [] });
    expect(await message(409)).toBe('This handover is over: it is complete');

    expect(
      t.events.map(({ type, previousState, state }) => [
        type,
        previousState,
        state,
      ]),
    ).toEqual([
      ['handover.changed', undefined, 'proposed'],
      ['handover.changed', 'proposed', 'accepted'],
      ['handover.changed', 'accepted', 'ready'],
      ['handover.changed', 'ready', 'accepted'],
      ['handover.changed', 'accepted', 'ready'],
      ['handover.changed', 'ready', 'complete'],
    ]);
    expect(
      t.sent.map(({ recipients, payload }) => [
        recipients.entityRef,
        payload.title,
        payload.scope,
      ]),
    ).toEqual([
      [
        [group('payments')],
        'The booking would hand 2 components over to The payments',
        `ownership:handover:${path}:to`,
      ],
      [
        [group('booking')],
        'The payments accepted 2 components',
        `ownership:handover:${path}:from`,
      ],
      [
        [group('booking')],
        'The payments answers for 2 components now',
        `ownership:handover:${path}:from`,
      ],
    ]);
  });

  it('has a component in one open handover at a time, and refuses what it cannot take', async () => {
    const t = await setUp(id);
    const both = await Promise.all([t.propose(), t.propose()]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { body } = both.find(({ status }) => status === 201)!;
    const refused = async (more: object, status: number) =>
      (await t.propose(more).expect(status)).body.error.message;
    expect(await refused({}, 409)).toMatch(/cart: in another handover/);
    const card = { entityRefs: [ref('card')] };
    expect(await refused({ ...card, to: group('ghost') }, 400)).toMatch(
      /to: group:default\/ghost is not a group of the catalog/,
    );
    expect(await refused({ ...card, to: group('booking') }, 400)).toMatch(
      /is the owner already/,
    );
    expect(
      await refused({ ...card, dueAt: '2026-11-20T00:00:00Z' }, 400),
    ).toMatch(/dueAt: expected a moment in the future/);
    await refused({ entityRefs: [] }, 400);
    await refused({ ...card, checklist: [' '] }, 400);
    expect(await refused({ entityRefs: [ref('never')] }, 404)).toMatch(
      /never is not under ownership/,
    );
    t.as('ada', 'payments');
    expect(await refused(card, 403)).toMatch(/Only its owners/);
    t.policy.denied.delete('ownership.handover.manage');
    await t.propose({ ...card, reason: 'Hostile \0 <b>', checklist: [] });

    // Over, it may be handed over again; with nothing to do it is ready at once.
    await t.post(`${body.id}/decline`, { comment: 'No room' }).expect(200);
    const next = await t.propose({ checklist: [] }).expect(201);
    const accepted = await t.post(`${next.body.id}/accept`).expect(200);
    expect(accepted.body.state).toBe('ready');
    expect(t.sent.at(-2).payload.title).not.toMatch(/accepted/);
  });

  it('lists what the caller may see or has a part in, by team, state and component', async () => {
    const t = await setUp(id);
    const first = (await t.propose({ dueAt: '2027-01-01T00:00:00Z' })).body;
    const second = (await t.propose({ entityRefs: [ref('card'), ref('find')] }))
      .body;
    await t.post(`${second.id}/cancel`).expect(200);
    const ids = async (query = '') =>
      (await t.list(query)).items.map((item: any) => item.id);
    expect(await ids()).toEqual([first.id, second.id]);
    const page = await t.list('limit=1');
    expect(page).toMatchObject({ totalItems: 2 });
    expect(await ids(`limit=1&cursor=${page.pageInfo.nextCursor}`)).toEqual([
      second.id,
    ]);
    expect(await ids('state=cancelled&state=declined')).toEqual([second.id]);
    expect(await ids(`entityRef=${ref('find')}`)).toEqual([second.id]);
    // Teams above one that gives, and the one that receives.
    expect(await ids(`team=${group('shop')}&state=proposed`)).toEqual([
      first.id,
    ]);
    expect(await ids(`team=${group('payments')}`)).toHaveLength(2);
    expect(await ids(`team=${group('ghost')}`)).toEqual([]);

    t.as('eve');
    t.policy.hidden.add(ref('cart')).add(ref('card'));
    const seen = await t.list();
    expect(seen.items).toMatchObject([
      { id: second.id, components: [{ entityRef: ref('find') }], hidden: 1 },
    ]);
    // Nor is it found by what they may not see of it.
    expect(await ids(`entityRef=${ref('find')}`)).toEqual([second.id]);
    expect(await ids(`entityRef=${ref('card')}`)).toEqual([]);
    await request(t.app).get(`/handovers/${first.id}`).expect(404);
    t.as('ada', 'payments');
    expect((await t.list()).items[0]).toMatchObject({
      id: first.id,
      components: [],
      hidden: 1,
      may: { accept: true },
    });

    const { statements } = await countingStatements(t.knex, () => t.list());
    expect(statements.length).toBeLessThanOrEqual(5);
  });

  it('says on it when its team vanishes, and ends when its components do', async () => {
    const t = await setUp(id);
    const { body } = await t.propose({
      entityRefs: [ref('cart'), ref('card')],
    });
    expect([...(await readOpenHandovers(t.knex)).keys()].sort()).toEqual([
      ref('card'),
      ref('cart'),
    ]);
    expect((await readOpenHandovers(t.knex)).get(ref('cart'))).toEqual({
      id: body.id,
      state: 'proposed',
      from: [group('booking')],
      to: group('payments'),
      proposedAt: '2026-11-21T12:00:00.000Z',
      dueAt: '2026-12-21T12:00:00.000Z',
      openItems: 2,
    });
    // What a scan would judge anew by: only what is in a handover, and as soon as that changes.
    const reports = async (name: string) =>
      reportsOn(ref(name), {
        attestations: new Map(),
        sloStatuses: new Map(),
        handovers: await readOpenHandovers(t.knex),
        unavailable: {},
      });
    expect(await reports('find')).toBe('');
    expect(await reports('cart')).not.toBe('');
    const brief = async (name: string) =>
      toHandoverBrief((await readEntityRow(t.knex, ref(name)))!.handover);
    expect(await brief('cart')).toEqual({
      id: body.id,
      state: 'proposed',
      to: { ref: group('payments'), title: 'The payments', resolves: true },
      from: [{ ref: group('booking'), title: 'The booking', resolves: true }],
      dueAt: '2026-12-21T12:00:00.000Z',
      done: 0,
      items: 2,
    });
    expect(await brief('find')).toBeUndefined();
    expect(
      await readUpcoming(t.knex, {
        visible: 'all',
        now: '2026-11-25T00:00:00.000Z',
        dueBefore: '2026-12-25T00:00:00.000Z',
        limit: 10,
      }),
    ).toMatchObject([
      { kind: 'handover', entity_ref: ref('card'), title: 'The card' },
      { kind: 'handover', entity_ref: ref('cart') },
    ]);

    for (const [team, rows] of [
      ['payments', 2],
      ['shop', 2],
      ['ghost', 0],
    ] as const) {
      expect(
        await readUpcoming(t.knex, {
          team: group(team),
          visible: 'all',
          now: '2026-11-25T00:00:00.000Z',
          dueBefore: '2026-12-25T00:00:00.000Z',
          limit: 10,
        }),
      ).toHaveLength(rows);
    }

    await t.knex('directory_principals').where('ref', group('payments')).del();
    t.pass(31);
    t.as('ada', 'payments');
    expect((await t.list()).items[0]).toMatchObject({
      overdue: true,
      to: { resolves: false },
      problems: [expect.stringContaining('not in the catalog any more')],
    });
    await t.post(`${body.id}/accept`).expect(409);

    const scan = () => t.service.dropVanished(new Date(start + 32 * DAY));
    const idle = await countingStatements(t.knex, scan);
    expect(idle.statements).toHaveLength(1);
    await t.knex('components').where('entity_ref', ref('cart')).del();
    await scan();
    expect((await t.list()).items[0]).toMatchObject({
      state: 'proposed',
      components: [
        { entityRef: ref('card') },
        { entityRef: ref('cart'), leftAt: '2026-12-23T12:00:00.000Z' },
      ],
    });
    await t.knex('components').where('entity_ref', ref('card')).del();
    await scan();
    const [ended] = (await t.list()).items;
    expect(ended).toMatchObject({
      state: 'cancelled',
      endReason: 'What was to be handed over left the catalog',
    });
    expect(ended.endedBy).toBeUndefined();
    expect(t.events.at(-1)).toMatchObject({
      state: 'cancelled',
      previousState: 'proposed',
      by: undefined,
    });
    expect(await readOpenHandovers(t.knex)).toEqual(new Map());
  });
});
