import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  initiativeRoutes,
  type ComponentFacts,
  type DriftRule,
  type InitiativeDetail,
  type InitiativeEntity,
  type RuleDescription,
  type RuleOutcome,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import request from 'supertest';
import type { JudgedComponent } from '../drift/ScanConsumer';
import { RuleOutcomeConsumer } from '../drift/RuleOutcomeConsumer';
import { TestPolicy, testServer } from '../__testUtils__/testServer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
  type TestComponent,
} from '../__testUtils__/writeOrganisation';
import { BurnUpKeeper } from './BurnUpKeeper';
import { GoalReader } from './GoalReader';
import { InitiativeConsumer } from './InitiativeConsumer';
import { InitiativeEditor } from './InitiativeEditor';
import { initiativeHandlers } from './initiativeHandlers';
import { InitiativeScopes } from './InitiativeScopes';
import { InitiativeService } from './InitiativeService';
import { ReminderSender } from './ReminderSender';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const directory = testDirectory({
  shop: {},
  payments: { parent: 'shop', members: ['ada', 'bo'] },
  search: { parent: 'shop', members: ['cy'] },
  empty: { parent: 'shop' },
});
const [shop, payments, search, empty] = [
  'shop',
  'payments',
  'search',
  'empty',
].map(name => `group:default/${name}`);

const components: TestComponent[] = [
  { name: 'cart', owners: [payments], tier: 'tier-1' },
  { name: 'card', owners: [payments, search], tier: 'tier-1' },
  { name: 'find', owners: [search], tier: 'tier-2' },
  { name: 'gift', owners: [empty] },
  { name: 'dark', owners: [] },
  { name: 'lib', owners: [search] },
];
const ref = (name: string) => `component:default/${name}`;

const ruleIds = ['runbook-missing', 'slo-missing'];
const descriptions = (ids: string[]) =>
  new Map(
    ids.map(id => [
      id,
      { id, title: `Title of ${id}`, enabled: true } as RuleDescription,
    ]),
  );
const scorecard: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['runbook-missing'] },
    { id: 'high', title: 'High', rules: ['slo-missing'] },
  ],
};

const outcomesByMark: Record<string, Partial<RuleOutcome>> = {
  p: { status: 'pass' },
  n: { status: 'pass', notAsked: true },
  f: { status: 'fail' },
  w: { status: 'fail' },
  u: { status: 'unknown' },
};

/** Feeds what a scan would feed: a letter a rule for each component. */
async function scan(
  knex: Knex,
  marks: Record<string, string>,
  rules = ruleIds,
): Promise<void> {
  const consumer = new RuleOutcomeConsumer({ knex });
  await consumer.accept(
    Object.entries(marks).map(
      ([name, letters]) =>
        ({
          facts: { entityRef: ref(name) } as ComponentFacts,
          outcomes: rules.map((id, index) => ({
            rule: { id } as DriftRule,
            outcome: outcomesByMark[letters[index]] as RuleOutcome,
          })),
          waived: new Set(rules.filter((_, index) => letters[index] === 'w')),
        } as unknown as JudgedComponent),
    ),
    { scanId: 'a' },
  );
  await consumer.finish({ scanId: 'a' });
}

function entity(kind: string, name: string, type: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: { type },
  };
}

const catalog = catalogServiceMock({
  entities: [
    ...components.map(({ name }) =>
      entity('Component', name, name === 'lib' ? 'library' : 'service'),
    ),
    ...['shop', 'payments', 'search', 'empty'].map(name =>
      entity('Group', name, 'team'),
    ),
    entity('User', 'ada', 'person'),
  ],
});

const ada = {
  caller: 'user:default/ada',
  credentials: mockCredentials.user('user:default/ada'),
};

interface Setup {
  knex: Knex;
  /** Without one the platform team is told nothing. */
  platformTeam?: string;
  now?: Date;
  rules?: string[];
  scorecards?: Scorecard[];
}

function services(setup: Setup) {
  const {
    knex,
    platformTeam = 'group:default/platform',
    scorecards = [scorecard],
  } = setup;
  const now = () => setup.now ?? new Date('2026-11-21T08:00:00.000Z');
  const logger = mockServices.logger.mock();
  const goals = new GoalReader({
    rules: () => descriptions(setup.rules ?? ruleIds),
    scorecards: () => scorecards,
  });
  const scopes = new InitiativeScopes({
    catalog,
    auth: mockServices.auth(),
    kinds: new Set(['component']),
  });
  const burnUps = new BurnUpKeeper({ knex, goals, scopes, logger, now });
  const notifications = { send: jest.fn(async () => {}) };
  return {
    burnUps,
    notifications,
    initiatives: new InitiativeService({
      knex,
      goals,
      scopes,
      titleOfRule: id => `Title of ${id}`,
      now,
    }),
    initiativeEditor: new InitiativeEditor({
      knex,
      goals,
      scopes,
      burnUps,
      now,
    }),
    consumer: new InitiativeConsumer({ burnUps }),
    reminders: new ReminderSender({
      knex,
      goals,
      notifications,
      logger,
      platformTeam,
      now,
    }),
  };
}

function serve(setup: Setup) {
  const policy = new TestPolicy();
  const all = services(setup);
  const audited = jest.fn();
  const app = testServer(
    add =>
      add(
        initiativeRoutes,
        initiativeHandlers({ ...all, visibility: policy.visibility(catalog) }),
      ),
    audited,
  );
  return { policy, app, audited, ...all };
}

const body = {
  title: 'Every service has a runbook',
  goal: { ruleIds: ['runbook-missing'] },
  scope: { predicate: { kind: 'Component', 'spec.type': 'service' } },
  ownerRef: 'Group:default/Shop',
  startsAt: '2026-11-11T00:00:00.000Z',
  dueAt: '2026-12-01T00:00:00.000Z',
  state: 'active' as const,
};

const progress = (now: string) => ({
  scanId: 'a',
  now: new Date(now),
  directory,
});

/** As much of a notification as is looked at. */
interface Sent {
  recipients: { entityRef: string };
  payload: { title: string; description?: string; scope?: string };
}

describe.each(databases.eachSupportedId())('initiatives on %s', databaseId => {
  async function prepare(marks: Record<string, string>) {
    const knex = await migratedDatabase(databases, databaseId);
    await writeOrganisation(knex, { directory, components });
    await scan(knex, marks);
    return knex;
  }

  it('counts what the last scan stored, and says who is behind', async () => {
    const knex = await prepare({
      cart: 'pf',
      card: 'fp',
      find: 'up',
      gift: 'wp',
      dark: 'fp',
      lib: 'fp',
    });
    const { app, audited, policy } = serve({ knex });

    const preview = await request(app).post('/initiatives/preview').send({
      goal: body.goal,
      scope: body.scope,
    });
    expect(preview.body).toMatchObject({
      goalTitle: 'There is a runbook',
      // The library is not in scope.
      figures: { inScope: 5, met: 1, missing: 2, unknown: 1, exempt: 1 },
      hidden: 0,
      problems: [],
    });
    expect(await knex('initiatives')).toEqual([]);

    const created = await request(app).post('/initiatives').send(body);
    expect(created.status).toBe(201);
    const { id } = created.body as InitiativeDetail;
    expect(audited).toHaveBeenLastCalledWith({ initiative: id });
    expect(created.body).toMatchObject({
      ownerRef: shop,
      ownerTitle: 'The shop',
      createdBy: 'user:default/mock',
      figures: preview.body.figures,
      // A burn-up begins with the initiative.
      points: [{ day: '2026-11-21', met: 1, counted: 4 }],
      pace: 'behind',
      behind: 1,
      rules: [
        { ruleId: 'runbook-missing', title: 'There is a runbook', failing: 2 },
      ],
    });
    expect(created.body.expected).toBeCloseTo(
      4 * (0.25 + (0.75 * (10 + 8 / 24)) / 20),
    );
    expect(
      created.body.teams.map((team: InitiativeDetail['teams'][number]) => [
        team.ref,
        team.figures.inScope,
        team.figures.missing,
        team.behind,
      ]),
    ).toEqual(
      [
        [payments, 2, 1, 0],
        [search, 2, 1, 1],
        [shop, 4, 1, 0],
        [empty, 1, 0, 0],
      ].sort((a, b) => Number(b[3]) - Number(a[3])),
    );

    const { body: page } = await request(app).get(
      `/initiatives/${id}/entities?limit=2`,
    );
    expect(page.totalItems).toBe(5);
    expect(page.items).toEqual([
      expect.objectContaining({
        entityRef: ref('card'),
        entityTitle: 'The card',
        ownerRefs: [payments, search],
        tier: 'tier-1',
        state: 'missing',
        missing: ['runbook-missing'],
      }),
      expect.objectContaining({ entityRef: ref('dark'), ownerRefs: [] }),
    ]);
    const { body: second } = await request(app).get(
      `/initiatives/${id}/entities?limit=2&cursor=${page.pageInfo.nextCursor}`,
    );
    expect(
      second.items.map((item: InitiativeEntity) => [
        item.entityRef,
        item.state,
      ]),
    ).toEqual([
      [ref('find'), 'unknown'],
      [ref('cart'), 'met'],
    ]);

    const exempted = await request(app)
      .post(`/initiatives/${id}/exemptions`)
      .send({
        entityRef: ref('card'),
        reason: 'Is switched off in December',
        expiresAt: '2026-12-24T00:00:00.000Z',
      });
    expect(exempted.body).toMatchObject({
      figures: { missing: 1, exempt: 2 },
      exemptions: [{ entityRef: ref('card'), active: true }],
    });
    expect(audited).toHaveBeenLastCalledWith({
      entityRef: ref('card'),
      expiresAt: '2026-12-24T00:00:00.000Z',
    });

    // Who may not see everything is told how much is left out, and gets no
    // points, for they count everything.
    policy.hidden.add(ref('dark')).add(ref('card'));
    const { body: part } = await request(app).get(`/initiatives/${id}`);
    expect(part).toMatchObject({
      figures: { inScope: 3, missing: 0, exempt: 1 },
      hidden: 2,
      points: [],
      exemptions: [],
    });
    // Nobody finds out with predicates what those hold that they may not see.
    for (const name of ['dark', 'nothing']) {
      const { body: asked } = await request(app)
        .post('/initiatives/preview')
        .send({
          goal: body.goal,
          scope: { predicate: { 'metadata.name': name } },
        });
      expect(asked).toMatchObject({ figures: { inScope: 0 }, hidden: 2 });
    }
    policy.denied.add('ownership.initiative.manage');
    const refused = await request(app).post('/initiatives').send(body);
    expect(refused.status).toBe(403);
    policy.hidden.clear();

    const { result, statements } = await countingStatements(knex, () =>
      request(app).get(`/initiatives?team=${search}&state=active`),
    );
    expect(result.body.items).toEqual([
      expect.objectContaining({
        id,
        figures: expect.objectContaining({ inScope: 5 }),
        ofTeam: expect.objectContaining({ inScope: 2, unknown: 1, exempt: 1 }),
      }),
    ]);
    expect(statements).toHaveLength(5);
    const none = await request(app).get('/initiatives?state=draft');
    expect(none.body.items).toEqual([]);
  });

  it('tells who manages them and sees a part nothing of what the rest holds', async () => {
    const knex = await prepare({ cart: 'pp', card: 'pp', dark: 'pp' });
    const { app, policy } = serve({ knex });
    const parts = ['dark', 'find', 'gift', 'lib'].map(ref);
    const restrict = () => parts.forEach(part => policy.hidden.add(part));
    restrict();
    const create = async (scope: object, change: object = {}) =>
      (
        await request(app)
          .post('/initiatives')
          .send({ ...body, scope, ...change })
      ).body as InitiativeDetail;
    const patch = (id: string, change: object) =>
      request(app).patch(`/initiatives/${id}`).send(change);
    const named = (name: string) => ({ predicate: { 'metadata.name': name } });
    const told = ({ id: _, scope: __, ...rest }: Partial<InitiativeDetail>) =>
      rest;

    // One that is hidden, and one that is not there: the same in every word.
    const hit = await create(named('dark'));
    const miss = await create(named('nothing'));
    expect(hit).toMatchObject({ hidden: 4, points: [], figures: { met: 0 } });
    expect(told(hit)).toEqual(told(miss));
    const { body: list } = await request(app).get('/initiatives');
    expect(told(list.items[0])).toEqual(told(list.items[1]));
    const { body: edited } = await patch(hit.id, { scope: named('cart') });
    expect(edited).toMatchObject({
      hidden: 4,
      points: [],
      figures: { met: 1, counted: 1 },
    });
    // More may be in scope than they see: there is nothing to end.
    expect(edited).not.toHaveProperty('proposal');

    // Of a team they see all of, they see the burn-up.
    const ours = { team: payments, ...named('cart') };
    expect(await create(ours)).toMatchObject({
      hidden: 0,
      points: [{ day: '2026-11-21', met: 1, counted: 1 }],
      proposal: 'All 1 meet the goal: mark it as done',
    });
    // That of another one does not become its own.
    const refused = await patch(miss.id, { scope: ours });
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringMatching(/^scope.team: it stays as it is once/),
    ]);
    const draft = await create({}, { state: 'draft' });
    expect(
      (await patch(draft.id, { scope: ours, state: 'active' })).body,
    ).toMatchObject({ hidden: 0, points: [{ counted: 1 }] });
    expect((await patch(draft.id, { scope: {} })).status).toBe(403);

    // Nobody names a team or a person they may not see, but what is there stays.
    const lookUp = jest.spyOn(catalog, 'getEntityByRef');
    lookUp.mockResolvedValue(undefined);
    expect((await patch(draft.id, { ownerRef: search })).status).toBe(400);
    expect(lookUp).toHaveBeenLastCalledWith(search, {
      credentials: mockCredentials.user(),
    });
    const { ownerRef } = draft;
    expect((await patch(draft.id, { ownerRef, scope: ours })).status).toBe(200);
    lookUp.mockRestore();

    policy.hidden.clear();
    const path = `/initiatives/${draft.id}/exemptions`;
    await request(app)
      .post(path)
      .send({
        entityRef: ref('find'),
        reason: 'Is switched off in December',
        expiresAt: '2026-12-24T00:00:00.000Z',
      });
    restrict();
    for (const name of ['find', 'gift']) {
      const withdrawn = await request(app)
        .delete(path)
        .query({ entityRef: ref(name) });
      expect(withdrawn.status).toBe(403);
    }
    policy.hidden.clear();
    expect((await patch(miss.id, { scope: ours })).status).toBe(200);
  });

  it('asks a level for what the scorecard measures, and for the levels below', async () => {
    const knex = await prepare({
      cart: 'pp',
      card: 'pf',
      find: 'fp',
      gift: 'pn',
      dark: 'nn',
    });
    for (const name of ['cart', 'card', 'find', 'gift', 'dark']) {
      await knex('scorecard_results').insert({
        scorecard_id: 'maturity',
        entity_ref: ref(name),
        bucket: 'none',
        bucket_rank: 0,
        missing: '[]',
        unknown: '[]',
        score: 0,
        score_order: 0,
        known: 0,
        total: 0,
        rules: '{}',
        fingerprint: name,
      });
    }
    const { initiatives } = services({ knex });
    const count = async (level: string) =>
      (
        await initiatives.preview({
          goal: { scorecard: 'maturity', level },
          scope: {},
          visible: 'all',
          credentials: ada.credentials,
        })
      ).figures;
    expect(await count('low')).toMatchObject({
      inScope: 5,
      met: 3,
      missing: 1,
      notAsked: 1,
    });
    expect(await count('high')).toMatchObject({
      inScope: 5,
      met: 2,
      missing: 2,
      notAsked: 1,
    });
  });

  it('refuses what makes no sense and says what is accepted', async () => {
    const knex = await prepare({ cart: 'pp' });
    const { app } = serve({ knex });
    const post = async (change: object) => {
      const { status, body: answer } = await request(app)
        .post('/initiatives')
        .send({ ...body, ...change });
      return `${status} ${answer.error?.message}`;
    };
    expect(await post({ goal: { ruleIds: ['x'] } })).toMatch(
      /^400 .*unknown rule "x"; there are runbook-missing, slo-missing/,
    );
    expect(await post({ goal: {} })).toMatch(/^400 .*goal: expected/);
    expect(await post({ goal: { scorecard: 'maturity', level: 'x' } })).toMatch(
      /^400 .*there are low, high/,
    );
    expect(await post({ ownerRef: 'group:default/ghost' })).toMatch(
      /^400 .*unknown owner group:default\/ghost; expected a group or user/,
    );
    expect(await post({ ownerRef: 'component:default/cart' })).toMatch(/^400/);
    expect(await post({ scope: { team: 'group:default/ghost' } })).toMatch(
      /^400 .*scope.team/,
    );
    expect(await post({ scope: { predicate: ['x'] } })).toMatch(
      /^400 .*scope.predicate: expected a filter predicate/,
    );
    expect(
      await post({ scope: { predicate: { kind: { $like: 1 } } } }),
    ).toMatch(
      /^400 .*scope.predicate\["kind"\]\.\$like is not an operator here/,
    );
    expect(
      await post({ scope: { predicate: { kind: 'x'.repeat(20_000) } } }),
    ).toMatch(/^400 .*at most 10000/);
    expect(await post({ dueAt: body.startsAt })).toMatch(
      /^400 .*dueAt: expected a moment after startsAt/,
    );
    expect(await post({ colour: 'red' })).toMatch(/^400 .*colour/);
    expect(await knex('initiatives')).toEqual([]);

    const { body: draft } = await request(app)
      .post('/initiatives')
      .send({ ...body, state: undefined });
    expect(draft).toMatchObject({ state: 'draft', points: [] });
    const patch = (change: object) =>
      request(app).patch(`/initiatives/${draft.id}`).send(change);
    expect((await patch({ state: 'done' })).body.error.message).toMatch(
      /accepted are draft, active, cancelled/,
    );
    expect((await patch({ state: 'active', title: 'Runbooks' })).body).toEqual(
      expect.objectContaining({
        title: 'Runbooks',
        state: 'active',
        points: [{ day: '2026-11-21', met: 1, counted: 5 }],
      }),
    );
    expect((await patch({ state: 'draft' })).status).toBe(400);
    expect((await request(app).delete(`/initiatives/${draft.id}`)).status).toBe(
      409,
    );
    const { body: other } = await request(app)
      .post('/initiatives')
      .send({ ...body, state: 'draft' });
    expect((await request(app).delete(`/initiatives/${other.id}`)).status).toBe(
      204,
    );
    expect((await request(app).get(`/initiatives/${other.id}`)).status).toBe(
      404,
    );
    const exempt = (change: object) =>
      request(app)
        .post(`/initiatives/${draft.id}/exemptions`)
        .send({
          entityRef: ref('cart'),
          reason: 'Because of this',
          expiresAt: '2026-12-24T00:00:00.000Z',
          ...change,
        });
    expect((await exempt({ expiresAt: '2026-01-01T00:00:00Z' })).status).toBe(
      400,
    );
    expect((await exempt({ expiresAt: '2036-01-01T00:00:00Z' })).status).toBe(
      400,
    );
    expect((await exempt({ entityRef: ref('nothing') })).status).toBe(400);
    const path = `/initiatives/${draft.id}/exemptions?entityRef=${ref('cart')}`;
    expect((await request(app).delete(path)).status).toBe(404);
    expect((await exempt({})).body.figures).toMatchObject({ exempt: 1 });
    expect((await request(app).delete(path)).body.figures).toMatchObject({
      exempt: 0,
    });
    expect((await request(app).get('/initiatives/%00')).status).toBe(404);
  });

  it('keeps one point a day over two replicas, and none for a goal that broke', async () => {
    const knex = await prepare({ cart: 'pp', card: 'fp', find: 'fp' });
    const first = services({ knex });
    const second = services({ knex });
    const id = await first.initiativeEditor.create(body, ada);
    const scanOf = async (day: string) =>
      Promise.all(
        [first, second].map(({ consumer }) =>
          consumer.finish(progress(`2026-11-${day}T08:00:00.000Z`)),
        ),
      );
    await scanOf('21');
    await scan(knex, { cart: 'pp', card: 'pp', find: 'fp' });
    await scanOf('22');
    await scanOf('22');
    const points = async () =>
      (await first.initiatives.get({ id, visible: 'all' })).points.map(
        ({ day, met, counted }) => [day, met, counted],
      );
    expect(await points()).toEqual([
      ['2026-11-21', 1, 5],
      ['2026-11-22', 2, 5],
    ]);
    const { statements } = await countingStatements(knex, () =>
      first.consumer.finish(progress('2026-11-22T09:00:00.000Z')),
    );
    expect(
      statements.filter(sql => /^(insert|update|delete)/i.test(sql)),
    ).toEqual([]);

    // The rule was renamed: it is said, nothing passes for it, nothing is lost.
    const after = services({ knex, rules: ['slo-missing'] });
    await after.consumer.finish(progress('2026-11-23T08:00:00.000Z'));
    const broken = await after.initiatives.get({ id, visible: 'all' });
    expect(broken.problems).toEqual([
      expect.stringContaining('unknown rule "runbook-missing"'),
    ]);
    expect(broken.points).toHaveLength(2);
    expect(broken.goal).toEqual(body.goal);
  });

  it('proposes to end what is reached, and never ends it', async () => {
    const knex = await prepare({
      cart: 'pp',
      card: 'pp',
      find: 'pp',
      gift: 'wp',
      dark: 'np',
    });
    const { initiatives, initiativeEditor } = services({ knex });
    const id = await initiativeEditor.create(body, ada);
    expect(await initiatives.get({ id, visible: 'all' })).toMatchObject({
      state: 'active',
      pace: 'reached',
      proposal: 'All 3 meet the goal: mark it as done',
    });
  });

  it('reminds each team once a stage, whatever happens to a replica', async () => {
    const knex = await prepare({
      cart: 'fp',
      card: 'fp',
      find: 'pp',
      gift: 'fp',
      dark: 'fp',
    });
    const at = (now: string) => services({ knex, now: new Date(now) });
    const begin = at('2026-11-11T08:00:00.000Z');
    await begin.initiativeEditor.create(body, ada);
    await at('2026-11-10T08:00:00.000Z').reminders.send();
    begin.notifications.send.mockRejectedValueOnce(new Error('away'));
    await begin.reminders.send();
    await Promise.all([begin.reminders.send(), begin.reminders.send()]);
    const told = (of: ReturnType<typeof services>) =>
      of.notifications.send.mock.calls
        .map(([message]: unknown[]) => message as Sent)
        .map(({ recipients, payload }) => ({
          to: recipients.entityRef,
          title: payload.title,
          said: payload.description,
          scope: payload.scope,
        }));
    // Nobody is on "empty" and nobody owns "dark": the platform team hears of both.
    const messages = told(begin);
    expect(messages.map(({ to }) => to).sort()).toEqual(
      [messages[0].to, 'group:default/platform', payments, search].sort(),
    );
    expect(messages.find(({ to }) => to === payments)).toMatchObject({
      title: 'It has begun: Every service has a runbook',
      said: '2 components you answer for do not meet the goal yet: There is a runbook. Due 1 December 2026.',
    });
    expect(
      messages.find(({ to }) => to === 'group:default/platform')!.said,
    ).toMatch(/^2 components/);

    await scan(knex, { cart: 'pp', card: 'fp', gift: 'pp', dark: 'pp' });
    const later = at('2026-11-18T08:00:00.000Z');
    await later.reminders.send();
    await later.reminders.send();
    expect(told(later).sort((x, y) => (x.to < y.to ? -1 : 1))).toEqual([
      expect.objectContaining({
        to: payments,
        title: 'Due in two weeks: Every service has a runbook',
        scope: messages.find(({ to }) => to === payments)!.scope,
      }),
      expect.objectContaining({ to: search }),
    ]);
    const late = at('2026-12-02T08:00:00.000Z');
    // A replica claimed it and died.
    await knex('initiative_reminders').insert({
      initiative_id: (await knex('initiatives').first()).id,
      stage: 'overdue',
      recipient: payments,
      claimed_at: '2026-12-02T07:00:00.000Z',
    });
    await late.reminders.send();
    expect(
      told(late)
        .map(({ to }) => to)
        .sort(),
    ).toEqual([payments, search]);

    // Without a platform team who drives it is reminded, with a number of
    // their own components only, and though there are no others.
    await knex('initiative_reminders').delete();
    await scan(knex, { cart: 'pp', card: 'pp', gift: 'fp', dark: 'fp' });
    const alone = services({ knex, platformTeam: '' });
    await alone.reminders.send();
    const [only, ...others] = told(alone);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      to: shop,
      said: 'You drive it: look after the components without an owner. The goal: There is a runbook. Due 1 December 2026.',
    });
    await knex('initiative_reminders').delete();
    await scan(knex, { gift: 'pp', dark: 'pp' });
    await alone.reminders.send();
    expect(told(alone)[1]).toEqual(only);
  });

  it('counts in every figure what the list behind it holds', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    await writeOrganisation(knex, { directory, components });
    const all = services({ knex });
    const letter = fc.constantFrom('p', 'f', 'w', 'u', 'n');
    const names = components.map(({ name }) => name);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          marks: fc.tuple(...names.map(() => fc.tuple(letter, letter))),
          judged: fc.subarray(names),
          visible: fc.option(fc.subarray(names), { nil: undefined }),
          exempted: fc.subarray(names, { maxLength: 2 }),
          goal: fc.subarray(ruleIds, { minLength: 1 }),
          team: fc.constantFrom(undefined, payments, search, shop, empty),
          predicate: fc.boolean(),
        }),
        async ({ marks, judged, exempted, goal, team, predicate, ...rest }) => {
          await knex('rule_outcomes').delete();
          await scan(
            knex,
            Object.fromEntries(
              names
                .map((name, index) => [name, marks[index].join('')] as const)
                .filter(([name]) => judged.includes(name)),
            ),
          );
          const visible = rest.visible
            ? new Set(rest.visible.map(ref))
            : ('all' as const);
          const id = await all.initiativeEditor.create(
            {
              ...body,
              goal: { ruleIds: goal },
              scope: { team, ...(predicate && body.scope) },
            },
            ada,
          );
          for (const name of exempted) {
            await all.initiativeEditor.exempt(
              id,
              {
                entityRef: ref(name),
                reason: 'Why',
                expiresAt: '2026-12-01T00:00:00.000Z',
              },
              'user:default/ada',
            );
          }
          const initiative = await all.initiatives.get({ id, visible });
          const list = async (query: object) =>
            (
              await all.initiatives.entities({
                id,
                query: { limit: 500, ...query },
                visible,
              })
            ).items;
          const everything = await list({});
          const { figures } = initiative;
          expect(figures.inScope).toBe(everything.length);
          for (const [state, figure] of [
            ['met', figures.met],
            ['missing', figures.missing],
            ['unknown', figures.unknown],
            ['exempt', figures.exempt],
            ['not-asked', figures.notAsked],
          ] as const) {
            expect(await list({ state })).toHaveLength(figure);
          }
          for (const row of initiative.teams) {
            const of = await list({ team: row.ref });
            expect(of).toHaveLength(row.figures.inScope);
            expect(of.filter(({ state }) => state === 'missing')).toHaveLength(
              row.figures.missing,
            );
          }
          for (const { ruleId, failing } of initiative.rules) {
            expect(
              everything.filter(
                ({ state, missing }) =>
                  state === 'missing' && missing.includes(ruleId),
              ),
            ).toHaveLength(failing);
          }
          const owned = await all.initiatives.preview({
            goal: { ruleIds: goal },
            scope: { team },
            visible: 'all',
            credentials: ada.credentials,
          });
          const seen = await all.initiatives.preview({
            goal: { ruleIds: goal },
            scope: { team },
            visible,
            credentials: ada.credentials,
          });
          expect(initiative.hidden).toBe(
            owned.figures.inScope - seen.figures.inScope,
          );
          expect(initiative.points).toHaveLength(initiative.hidden > 0 ? 0 : 1);
        },
      ),
      { numRuns: 15 },
    );
  });
});
