import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  ComponentFacts,
  Directory,
  DriftRule,
  RuleOutcome,
  Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import type { JudgedComponent } from '../drift/ScanConsumer';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
  type TestComponent,
} from '../__testUtils__/writeOrganisation';
import { ScorecardConsumer } from './ScorecardConsumer';
import { ScorecardService } from './ScorecardService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const scorecard: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['owner-missing', 'runbook-missing'] },
    { id: 'high', title: 'High', rules: ['slo-missing', 'captain-missing'] },
  ],
};
const ruleIds = scorecard.levels.flatMap(level => level.rules);
const rules = ruleIds.map(id => ({
  id,
  title: `Title of ${id}`,
  severity: 'high' as const,
}));

type Marks = Record<string, string>;
const statuses = { p: 'pass', f: 'fail', u: 'unknown' } as const;

/** `marks` by component name: a letter a rule, p(ass), f(ail) or u(nknown). */
function judged(
  components: TestComponent[],
  marks: Marks,
  waived: Record<string, string[]> = {},
): JudgedComponent[] {
  return components.map(component => ({
    facts: {
      entityRef: `component:default/${component.name}`,
      owners: component.owners.map(ref => ({ ref })),
    } as ComponentFacts,
    outcomes: ruleIds.map((id, index) => ({
      rule: { id, title: `Title of ${id}` } as DriftRule,
      outcome: {
        status: statuses[marks[component.name][index] as 'p' | 'f' | 'u'],
      } as RuleOutcome,
    })),
    state: component.state ?? 'owned',
    stateReason: '',
    waived: new Set(waived[component.name]),
  }));
}

async function scan(
  consumer: ScorecardConsumer,
  options: {
    id: string;
    now: string;
    directory: Directory;
    batches: JudgedComponent[][];
    cut?: boolean;
  },
) {
  const progress = {
    scanId: options.id,
    now: new Date(options.now),
    directory: options.directory,
  };
  for (const batch of options.batches) {
    await consumer.accept(batch, progress);
  }
  if (!options.cut) {
    await consumer.finish(progress);
  }
}

const directory = testDirectory({
  shop: {},
  payments: { parent: 'shop', members: ['ada', 'bo'] },
  cards: { parent: 'payments', members: ['cy'] },
  search: { parent: 'shop', members: ['di'] },
});
const [shop, payments, cards, search] = [
  'shop',
  'payments',
  'cards',
  'search',
].map(name => `group:default/${name}`);
const ghost = 'group:default/ghost';

const components: TestComponent[] = [
  {
    name: 'cart',
    owners: [payments],
    state: 'owned',
    system: 'system:default/checkout',
    domain: 'domain:default/retail',
    document: { titles: { 'domain:default/retail': 'Retail trade' } },
  },
  {
    name: 'card',
    owners: [cards, payments],
    state: 'at-risk',
    system: 'system:default/checkout',
    findings: [
      { ruleId: 'slo-missing', severity: 'high' },
      { ruleId: 'x', severity: 'low', state: 'waived' },
    ],
  },
  { name: 'find', owners: [search], state: 'unknown' },
  {
    name: 'lost',
    owners: [ghost],
    state: 'orphaned',
    findings: [{ ruleId: 'owner-missing', severity: 'critical' }],
  },
  {
    name: 'gold',
    owners: [cards],
    state: 'owned',
    domain: 'domain:default/retail',
  },
];
const marks: Marks = {
  cart: 'ppfp', // low; only an SLO is missing
  card: 'pfff', // none
  find: 'uppp', // unknown
  lost: 'fppp', // none; only an owner is missing
  gold: 'pppp', // high
};

async function setUp(knex: Knex) {
  await writeOrganisation(knex, { directory, components });
  const consumer = new ScorecardConsumer({
    knex,
    scorecards: [{ ...scorecard, appliesTo: {}, applies: () => true }],
  });
  const service = new ScorecardService({
    knex,
    scorecards: [scorecard],
    rules,
    now: () => new Date('2026-11-21T12:00:00Z'),
  });
  return { consumer, service };
}

describe.each(databases.eachSupportedId())('scorecards on %s', databaseId => {
  it('stores, lists, adds up and filters by what may be seen', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { consumer, service } = await setUp(knex);
    const all = judged(components, marks);
    await scan(consumer, {
      id: '1',
      now: '2026-11-21T08:00:00Z',
      directory,
      batches: [all.slice(0, 2), all.slice(2)],
    });
    const list = (query = {}, visible: VisibleRefs = 'all') =>
      service.results({ id: 'maturity', query, visible });

    const everything = await list();
    expect(everything.totalItems).toBe(5);
    expect(everything.items.map(i => i.entityRef)).toEqual([
      'component:default/card',
      'component:default/lost',
      'component:default/find',
      'component:default/cart',
      'component:default/gold',
    ]);
    expect(everything.items[0]).toEqual({
      id: 'maturity',
      title: 'Maturity',
      entityRef: 'component:default/card',
      entityTitle: 'The card',
      ownerRefs: [cards, payments],
      tier: undefined,
      level: undefined,
      nextLevel: 'low',
      missing: ['runbook-missing'],
      unknown: [],
      score: 0.25,
      rules: [
        {
          ruleId: 'owner-missing',
          title: 'An owner is named',
          level: 'low',
          status: 'pass',
        },
        {
          ruleId: 'runbook-missing',
          title: 'There is a runbook',
          level: 'low',
          status: 'fail',
        },
        {
          ruleId: 'slo-missing',
          title: 'An objective says how good it has to be',
          level: 'high',
          status: 'fail',
        },
        {
          ruleId: 'captain-missing',
          title: 'A captain is named',
          level: 'high',
          status: 'fail',
        },
      ],
    });

    // Pages, forth and back.
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.pageInfo.nextCursor });
    const third = await list({ limit: 2, cursor: second.pageInfo.nextCursor });
    expect(
      [first, second, third].flatMap(page => page.items.map(i => i.entityRef)),
    ).toEqual(everything.items.map(i => i.entityRef));
    expect(third.pageInfo.nextCursor).toBeUndefined();
    expect(
      (await list({ limit: 2, cursor: third.pageInfo.prevCursor })).items,
    ).toEqual(second.items);
    const byName = await list({ orderBy: 'entityRef,desc', limit: 1 });
    expect(byName.items[0].entityRef).toBe('component:default/lost');
    await expect(list({ orderBy: 'colour' })).rejects.toThrow(
      'orderBy: expected one of level, score, entityRef',
    );
    await expect(
      list({ cursor: first.pageInfo.nextCursor, orderBy: 'score' }),
    ).rejects.toThrow('Invalid cursor');

    // Every figure of a roll-up equals the list it opens.
    for (const groupBy of ['team', 'system', 'domain'] as const) {
      for (const visible of [
        'all',
        new Set(['component:default/card', 'component:default/gold']),
        new Set(['component:default/card', search, 'system:default/other']),
        new Set<string>(),
      ] as VisibleRefs[]) {
        const { items, levers } = await service.rollup({
          id: 'maturity',
          groupBy,
          visible,
        });
        for (const item of items) {
          for (const [level, count] of Object.entries(item.byLevel)) {
            const opened = await list({ [groupBy]: item.ref, level }, visible);
            expect([item.ref, level, opened.totalItems]).toEqual([
              item.ref,
              level,
              count,
            ]);
          }
          const opened = await list({ [groupBy]: item.ref }, visible);
          const whole = await list({ [groupBy]: item.ref });
          expect(item.entities).toBe(opened.totalItems);
          expect(item.hidden).toBe(whole.totalItems - opened.totalItems);
          // Nobody is told the name of that of which they see nothing.
          expect(
            visible === 'all' || visible.has(item.ref) || opened.totalItems > 0,
          ).toBe(true);
        }
        for (const lever of levers!) {
          expect((await list({ rule: lever.ruleId }, visible)).totalItems).toBe(
            lever.entities,
          );
        }
      }
    }

    const domains = await service.rollup({
      id: 'maturity',
      groupBy: 'domain',
      visible: 'all',
    });
    expect(domains.items.map(item => item.title)).toEqual(['Retail trade']);

    const { items, levers } = await service.rollup({
      id: 'maturity',
      groupBy: 'team',
      visible: 'all',
    });
    expect(items).toContainEqual({
      ref: payments,
      title: 'The payments',
      parent: shop,
      entities: 3,
      byLevel: { none: 1, unknown: 0, low: 1, high: 1 },
      score: (0.75 + 0.25 + 1) / 3,
      coverage: 1,
      hidden: 0,
      openFindings: 1,
      orphaned: 0,
      atRisk: 1,
      previousScore: undefined,
    });
    expect(items.map(item => [item.ref, item.entities])).toEqual(
      expect.arrayContaining([
        [shop, 4],
        [ghost, 1],
      ]),
    );
    expect(levers!.map(l => [l.ruleId, l.lifts, l.entities])).toEqual([
      ['slo-missing', 1, 2],
      ['owner-missing', 1, 1],
      ['runbook-missing', 1, 1],
      ['captain-missing', 0, 1],
    ]);
    expect(
      (await list({ team: 'none' })).items.map(item => item.entityRef),
    ).toEqual(['component:default/lost']);
    await expect(
      service.results({ id: 'nope', query: {}, visible: 'all' }),
    ).rejects.toThrow('There is no scorecard "nope"; there are maturity');
    await knex('scorecard_history').insert({
      scorecard_id: 'former',
      scope: '*',
      day: '2026-01-01',
      entities: 1,
      by_level: '{"low":1}',
      score: 1,
      coverage: 1,
    });
    const history = (id: string) => service.history({ id, hidden: false });
    expect((await history('former')).points).toHaveLength(1);
    await expect(history('nope')).rejects.toThrow('keeps its history');
  });

  it('writes differences only, forgets what is gone, keeps one snapshot a day', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { consumer, service } = await setUp(knex);
    const history = (team?: string, hidden = false) =>
      service.history({ id: 'maturity', team, hidden });
    const run = (id: string, now: string, m = marks, some = components) =>
      countingStatements(knex, () =>
        scan(consumer, { id, now, directory, batches: [judged(some, m)] }),
      );
    const writes = (statements: string[]) =>
      statements.filter(sql => /^(insert|update)/i.test(sql));

    await run('1', '2026-10-20T08:00:00Z');
    const again = await run('2', '2026-10-20T20:00:00Z');
    expect(writes(again.statements)).toEqual([]);

    // A scan that was cut short adds nothing to the next one.
    await scan(consumer, {
      id: '3',
      now: '2026-11-20T08:00:00Z',
      directory,
      batches: [judged(components, marks)],
      cut: true,
    });
    await run('4', '2026-11-21T08:00:00Z', { ...marks, cart: 'pppp' });
    await run(
      '5',
      '2026-11-21T09:00:00Z',
      { ...marks, cart: 'pppp' },
      components.filter(c => c.name !== 'lost'),
    );

    expect(await history()).toEqual({
      points: [
        {
          day: '2026-10-20',
          entities: 5,
          byLevel: { none: 2, unknown: 1, low: 1, high: 1 },
          score: 0.5,
          coverage: 0.95,
        },
        {
          day: '2026-11-21',
          entities: 4,
          byLevel: { none: 1, unknown: 1, low: 0, high: 2 },
          score: 0.625,
          coverage: 15 / 16,
        },
      ],
    });
    expect((await history(ghost)).points.map(p => p.day)).toEqual([
      '2026-10-20',
    ]);
    expect((await history('Group:default/SHOP')).points).toHaveLength(2);
    expect((await history(undefined, true)).points).toEqual([]);
    expect(
      (
        await service.results({
          id: 'maturity',
          query: { rule: 'owner-missing' },
          visible: 'all',
        })
      ).totalItems,
    ).toBe(0);
    const { items } = await service.rollup({
      id: 'maturity',
      groupBy: 'team',
      team: payments,
      visible: 'all',
    });
    expect(items.map(i => [i.ref, i.parent, i.score, i.previousScore])).toEqual(
      [
        [cards, payments, 0.625, 0.625],
        [payments, undefined, 0.75, 2 / 3],
      ],
    );

    // A clock that leaps is believed on the second day.
    const days = () =>
      knex('scorecard_history').where('scope', '*').orderBy('day').pluck('day');
    await run('6', '2027-12-31T08:00:00Z');
    expect(await days()).toEqual(['2026-10-20', '2026-11-21', '2027-12-31']);
    expect((await history()).points).toHaveLength(2);
    await run('7', '2028-01-01T08:00:00Z');
    expect(await days()).toEqual(['2027-12-31', '2028-01-01']);
    expect(
      await knex('scorecard_changes').where('day', '<', '2027').pluck('day'),
    ).toEqual([]);
  });

  it('counts a waiver as no obstacle and no pass', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { consumer, service } = await setUp(knex);
    await scan(consumer, {
      id: '1',
      now: '2026-11-21T08:00:00Z',
      directory,
      batches: [judged(components, marks, { cart: ['slo-missing'] })],
    });
    const { items } = await service.results({
      id: 'maturity',
      query: { level: 'high' },
      visible: 'all',
    });
    expect(items.map(item => [item.entityRef, item.score])).toEqual([
      ['component:default/cart', 0.75],
      ['component:default/gold', 1],
    ]);
  });
});
