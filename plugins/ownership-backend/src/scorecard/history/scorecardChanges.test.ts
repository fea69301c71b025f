import { TestDatabases } from '@backstage/backend-test-utils';
import type {
  ComponentFacts,
  Directory,
  DriftRule,
  RuleOutcome,
  Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../../__testUtils__/writeOrganisation';
import type { JudgedComponent } from '../../drift/ScanConsumer';
import { ScorecardConsumer } from '../ScorecardConsumer';
import { MoverService } from './MoverService';
import { readEntityHistory } from './readEntityHistory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const maturity: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['owner-missing', 'house-rule'] },
    { id: 'high', title: 'High', rules: ['slo-missing', 'captain-missing'] },
  ],
};
const [shop, payments, search] = ['shop', 'payments', 'search'].map(
  name => `group:default/${name}`,
);
const directory = testDirectory({
  // A group that is above itself changes nothing.
  shop: { parent: 'search' },
  payments: { parent: 'shop', members: ['ada'] },
  search: { parent: 'shop', members: ['bo'] },
});

/** By component: whose it is, and a letter a rule of the ladder. */
type Day = Record<string, [owner: string, marks: string]>;

const statuses = { p: 'pass', f: 'fail', u: 'unknown' } as const;

function judged(day: Day, scorecard: Scorecard): JudgedComponent[] {
  const ruleIds = scorecard.levels.flatMap(({ rules }) => rules);
  return Object.entries(day).map(([name, [owner, marks]]) => ({
    facts: {
      entityRef: `component:default/${name}`,
      owners: [{ ref: owner }],
    } as ComponentFacts,
    outcomes: [...marks].map((mark, index) => ({
      rule: { id: ruleIds[index], title: ruleIds[index] } as DriftRule,
      outcome: { status: statuses[mark as 'p'] } as RuleOutcome,
    })),
    state: 'owned' as const,
    stateReason: '',
    waived: new Set(),
  }));
}

function consumerOf(knex: Knex, scorecard: Scorecard) {
  return new ScorecardConsumer({
    knex,
    scorecards: [{ ...scorecard, appliesTo: {}, applies: () => true }],
  });
}

let scans = 0;
async function scan(
  knex: Knex,
  options: {
    now: string;
    day: Day;
    scorecard?: Scorecard;
    /** Absent where the scorecard is configured no longer. */
    consumer?: ScorecardConsumer;
    groups?: Directory;
  },
) {
  const { now, day, scorecard = maturity, groups = directory } = options;
  const consumer = options.consumer ?? consumerOf(knex, scorecard);
  scans += 1;
  const progress = {
    scanId: String(scans),
    now: new Date(now),
    directory: groups,
  };
  await consumer.accept(judged(day, scorecard), progress);
  await consumer.finish(progress);
}

async function setUp(
  databaseId: (typeof databases)['eachSupportedId'] extends () => Array<
    [infer Id]
  >
    ? Id
    : never,
) {
  const knex = await migratedDatabase(databases, databaseId);
  await writeOrganisation(knex, {
    directory,
    components: ['cart', 'card', 'find'].map(name => ({
      name,
      owners: [name === 'find' ? search : payments],
    })),
  });
  return knex;
}

const clock = (now: string) => () => new Date(now);
const cart = 'component:default/cart';

function moversOn(
  knex: Knex,
  options: {
    now: string;
    since: string;
    team?: string;
    visible?: 'all' | Set<string>;
  },
) {
  return new MoverService({
    knex,
    titleOfRule: () => undefined,
    now: clock(options.now),
  }).movers({
    scorecardId: 'maturity',
    since: options.since,
    team: options.team,
    limit: 5,
    visible: options.visible ?? 'all',
  });
}

const historyOf = (
  knex: Knex,
  options: { entityRef?: string; on?: string; scorecards?: Scorecard[] } = {},
) =>
  readEntityHistory(knex, {
    entityRef: options.entityRef ?? cart,
    scorecards: options.scorecards ?? [maturity],
    on: options.on,
    today: '2026-11-21',
    titleOf: id => id,
  });

describe.each(databases.eachSupportedId())('history on %s', databaseId => {
  it('tells who moved, how far, and which rules flipped', async () => {
    const knex = await setUp(databaseId);
    const start: Day = {
      cart: [payments, 'ppff'],
      card: [payments, 'ppff'],
      find: [search, 'ppff'],
    };
    await scan(knex, { now: '2026-11-01T08:00:00Z', day: start });
    await scan(knex, {
      now: '2026-11-10T08:00:00Z',
      day: { ...start, cart: [payments, 'fuff'], find: [search, 'pppf'] },
    });
    await scan(knex, {
      now: '2026-11-12T08:00:00Z',
      day: { ...start, cart: [payments, 'fpff'], find: [search, 'pppp'] },
    });

    const now = '2026-11-21T08:00:00Z';
    const { entities, teams, hidden } = await moversOn(knex, {
      now,
      since: '2026-11-01',
    });
    expect(entities).toEqual({
      down: {
        count: 1,
        items: [
          {
            entityRef: cart,
            entityTitle: 'The cart',
            tier: undefined,
            ownerRefs: [payments],
            from: 'low',
            to: 'none',
            fromScore: 0.5,
            toScore: 0.25,
            day: '2026-11-12',
            reasons: [
              {
                ruleId: 'owner-missing',
                title: 'An owner is named',
                from: 'pass',
                to: 'fail',
                day: '2026-11-10',
              },
            ],
          },
        ],
      },
      up: {
        count: 1,
        items: [
          expect.objectContaining({
            entityRef: 'component:default/find',
            from: 'low',
            to: 'high',
            reasons: [
              expect.objectContaining({
                ruleId: 'captain-missing',
                day: '2026-11-12',
              }),
              expect.objectContaining({
                ruleId: 'slo-missing',
                day: '2026-11-10',
              }),
            ],
          }),
        ],
      },
    });
    expect(hidden).toBe(0);
    expect(teams.since).toBe('2026-11-01');
    expect(teams.down).toEqual([
      expect.objectContaining({
        ref: payments,
        fromScore: 0.5,
        toScore: 0.375,
        fromEntities: 2,
        reasons: [
          {
            ruleId: 'owner-missing',
            title: 'An owner is named',
            from: 'pass',
            to: 'fail',
            entities: 1,
          },
        ],
      }),
    ]);
    expect(teams.up.map(({ ref }) => ref)).toEqual([shop, search]);

    // A part of it, and what one may see of it.
    const ofSearch = await moversOn(knex, {
      now,
      since: '2026-11-01',
      team: payments,
    });
    expect([ofSearch.entities.down.count, ofSearch.entities.up.count]).toEqual([
      1, 0,
    ]);
    const seen = await moversOn(knex, {
      now,
      since: '2026-11-01',
      visible: new Set(['component:default/find']),
    });
    expect([seen.entities.down.count, seen.entities.up.count]).toEqual([0, 1]);
    expect(seen.teams).toEqual({ since: undefined, down: [], up: [] });
    expect(seen.hidden).toBe(2);
    // Nothing moved since the last change.
    const late = await moversOn(knex, { now, since: '2026-11-12' });
    expect(late.entities.down.count + late.entities.up.count).toBe(0);
  });

  it('keeps one row a day, none where the day ends as it began', async () => {
    const knex = await setUp(databaseId);
    const day = (marks: string, owner = payments): Day => ({
      cart: [owner, marks],
    });
    const rows = () =>
      knex('scorecard_changes').orderBy('day').select('day', 'flips', 'bucket');
    await scan(knex, { now: '2026-11-01T08:00:00Z', day: day('ppff') });
    await scan(knex, { now: '2026-11-10T08:00:00Z', day: day('fpff') });
    await scan(knex, { now: '2026-11-10T12:00:00Z', day: day('fppf') });
    expect(await rows()).toEqual([
      { day: '2026-11-01', flips: null, bucket: 'low' },
      {
        day: '2026-11-10',
        flips: '{"owner-missing":"pf","slo-missing":"fp"}',
        bucket: 'none',
      },
    ]);
    await scan(knex, { now: '2026-11-10T16:00:00Z', day: day('ppff') });
    expect((await rows()).map(row => row.day)).toEqual(['2026-11-01']);

    // Gone and back within a day is as if it had stayed.
    await scan(knex, { now: '2026-11-11T08:00:00Z', day: {} });
    expect((await rows())[1]).toMatchObject({ bucket: null });
    await scan(knex, { now: '2026-11-11T09:00:00Z', day: day('ppff') });
    expect(await rows()).toHaveLength(1);

    // To another team in the middle of a day: the last scan counts.
    await scan(knex, { now: '2026-11-12T08:00:00Z', day: day('ppff') });
    await scan(knex, { now: '2026-11-12T12:00:00Z', day: day('ppff', search) });
    expect(
      await knex('scorecard_history')
        .where('day', '2026-11-12')
        .orderBy('scope')
        .pluck('scope'),
    ).toEqual(['*', search, shop]);
  });

  it('answers for any past day, for scorecards and rules that are gone', async () => {
    const knex = await setUp(databaseId);
    const other: Scorecard = {
      ...maturity,
      levels: [maturity.levels[0], { ...maturity.levels[1], rules: [] }],
    };
    await scan(knex, {
      now: '2026-11-01T08:00:00Z',
      day: { cart: [payments, 'ppff'] },
    });
    await scan(knex, {
      now: '2026-11-05T08:00:00Z',
      day: { cart: [payments, 'fpff'] },
    });
    // Two rules are no longer asked, nothing else changed.
    await scan(knex, {
      now: '2026-11-08T08:00:00Z',
      day: { cart: [payments, 'fp'] },
      scorecard: other,
    });
    const then = async (on: string) =>
      (await historyOf(knex, { on })).items[0].then?.level;
    expect(await then('2026-10-31')).toBeUndefined();
    expect(await then('2026-11-01')).toBe('low');
    expect(await then('2026-11-04')).toBe('low');
    expect(await then('2026-11-05')).toBe('none');
    expect(await then('2026-11-20')).toBe('none');
    const [{ changes }] = (await historyOf(knex)).items;
    expect(changes[0].reasons.map(r => [r.ruleId, r.from, r.to])).toEqual(
      [
        ['slo-missing', 'fail', 'not-asked'],
        ['captain-missing', 'fail', 'not-asked'],
      ].sort(),
    );

    // The scorecard goes: it says when, and keeps what was.
    await scan(knex, {
      now: '2026-11-09T08:00:00Z',
      day: {},
      consumer: new ScorecardConsumer({ knex, scorecards: [] }),
    });
    const { items } = await historyOf(knex, {
      scorecards: [],
      on: '2026-11-08',
    });
    expect(items).toEqual([
      expect.objectContaining({
        id: 'maturity',
        configured: false,
        level: undefined,
        then: expect.objectContaining({ level: 'none' }),
      }),
    ]);
    expect(items[0].changes[0]).toMatchObject({
      day: '2026-11-09',
      from: 'none',
      to: undefined,
    });
    // Back again it is no mover: nothing is known of the time between.
    await scan(knex, {
      now: '2026-11-15T08:00:00Z',
      day: { cart: [payments, 'pppp'] },
    });
    const { entities } = await moversOn(knex, {
      now: '2026-11-21T08:00:00Z',
      since: '2026-11-10',
    });
    expect(entities.up.count).toBe(0);
  });

  it('loses nothing to a clock that is wrong', async () => {
    const knex = await setUp(databaseId);
    const at = (now: string, marks: string) =>
      scan(knex, { now, day: { cart: [payments, marks] } });
    await at('2026-11-01T08:00:00Z', 'ppff');
    await at('2026-11-10T08:00:00Z', 'fpff');
    // Years ahead, then right, then days behind.
    await at('2031-01-01T08:00:00Z', 'fppf');
    await at('2026-11-11T08:00:00Z', 'pppf');
    await at('2026-11-09T08:00:00Z', 'pppp');
    const [{ changes }] = (await historyOf(knex)).items;
    expect(changes.map(({ from, to, day }) => [day, from, to])).toEqual([
      ['2026-11-21', 'none', 'high'],
      ['2026-11-10', 'low', 'none'],
      ['2026-11-01', undefined, 'low'],
    ]);
    expect(
      await knex('scorecard_history').where('day', '2026-11-01'),
    ).not.toEqual([]);
    const { entities } = await moversOn(knex, {
      now: '2026-11-21T08:00:00Z',
      since: '2026-11-05',
    });
    expect(entities.up.items[0]).toMatchObject({
      from: 'low',
      to: 'high',
      day: '2026-11-21',
    });
  });

  it('is the same with two replicas that write at once', async () => {
    const knex = await setUp(databaseId);
    const replicas = [consumerOf(knex, maturity), consumerOf(knex, maturity)];
    const names = Array.from({ length: 60 }, (_, index) => `c-${index}`);
    const day = (marks: (index: number) => string): Day =>
      Object.fromEntries(
        names.map((name, index) => [name, [payments, marks(index)]]),
      );
    for (const [now, marks] of [
      ['2026-11-01T08:00:00Z', () => 'ppff'],
      ['2026-11-02T08:00:00Z', (i: number) => (i % 3 ? 'ppff' : 'fpff')],
      ['2026-11-02T12:00:00Z', (i: number) => (i % 2 ? 'ppff' : 'fppf')],
    ] as const) {
      await Promise.all(
        replicas.map(consumer =>
          scan(knex, { now, day: day(marks), consumer }),
        ),
      );
    }
    expect(
      await knex('scorecard_history')
        .where('scope', '*')
        .orderBy('day')
        .select('day', 'entities'),
    ).toEqual([
      { day: '2026-11-01', entities: 60 },
      { day: '2026-11-02', entities: 60 },
    ]);
    expect(
      await knex('scorecard_changes')
        .where('day', '2026-11-02')
        .groupBy('flips')
        .select('flips')
        .count({ rows: '*' })
        .then(rows =>
          rows.map(row => [
            (row as { flips?: string }).flips,
            Number(row.rows),
          ]),
        ),
    ).toEqual([['{"owner-missing":"pf","slo-missing":"fp"}', 30]]);
  });

  it('reads back what any sequence of scans wrote', async () => {
    const knex = await setUp(databaseId);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            plusHours: fc.integer({ min: 1, max: 40 }),
            marks: fc.option(fc.stringMatching(/^[pfu]{4}$/), {
              nil: undefined,
            }),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async steps => {
          await knex('scorecard_changes').delete();
          await knex('scorecard_results').delete();
          let now = Date.parse('2026-06-01T00:00:00Z');
          const byDay = new Map<string, string | undefined>();
          for (const { plusHours, marks } of steps) {
            now += plusHours * 3_600_000;
            const at = new Date(now).toISOString();
            await scan(knex, {
              now: at,
              day: marks === undefined ? {} : { cart: [payments, marks] },
            });
            const row = await knex('scorecard_results')
              .where('entity_ref', cart)
              .first();
            byDay.set(at.slice(0, 10), row?.bucket);
          }
          for (const [on, level] of byDay) {
            const { items } = await historyOf(knex, { on });
            expect([on, items[0]?.then?.level]).toEqual([on, level]);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
