import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { evaluateSlo } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliSample,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { SloService } from './SloService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-11-21T08:02:00.123Z');
const BUCKET = 300;
const HOUR = 3600;
const DAY = 86_400;
const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';

function definition(change: Partial<SloDefinition> = {}): SloDefinition {
  return {
    name: 'availability',
    title: 'Availability',
    objective: 0.99,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY },
    noDataSlices: 'ignore',
    origin: { entityRef: checkout, path: 'slos[0]' },
    warnings: [],
    ...change,
  };
}

/** Seconds since the epoch of the running bucket, `ago` seconds back. */
function at(ago: number): number {
  return Math.floor(NOW / 1000 / BUCKET) * BUCKET - ago;
}

function sample(change: Partial<SliSample> & { at?: number } = {}): SliSample {
  const { at: start = at(BUCKET), ...rest } = change;
  return {
    entityRef: checkout,
    slo: 'availability',
    start: new Date(start * 1000).toISOString(),
    durationSeconds: BUCKET,
    good: 99,
    total: 100,
    ...rest,
  };
}

async function setUp(knex: Knex) {
  let now = NOW;
  let pushes = 0;
  const slos = new SloService({
    knex,
    logger: mockServices.logger.mock(),
    now: () => new Date(now),
  });
  return {
    slos,
    clock: () => new Date(now),
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    define: (definitions: Record<string, SloDefinition[]>) =>
      slos.syncDefinitions({
        definitionsByEntity: new Map(Object.entries(definitions)),
      }),
    push: (samples: SliSample[], key?: string) => {
      pushes += 1;
      return slos.push({
        push: { samples, idempotencyKey: key ?? `push-${pushes}` },
        caller: 'service:pusher',
      });
    },
  };
}

async function buckets(knex: Knex, seconds: 300 | 3600) {
  const rows = await knex('sli_buckets').where({ seconds }).orderBy('start');
  return rows.map(row => ({
    start: Number(row.start),
    good: row.good,
    total: row.total,
    covered: row.covered,
  }));
}

/** A number without end that is the same in every run. */
function* pseudoRandom(): Generator<number, number> {
  let state = 42;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, entry) =>
      typeof entry === 'number' ? Number(entry.toPrecision(9)) : entry,
    ),
  );
}

describe.each(databases.eachSupportedId())('SloService on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
  });

  it('sums in the database what -common sums in memory', async () => {
    const { slos, define, push, pass, clock } = await setUp(knex);
    const methods = [
      definition({ name: 'occurrences' }),
      definition({
        name: 'slices',
        budgetingMethod: 'Timeslices',
        timeSliceTarget: 0.9,
        timeSliceSeconds: 900,
        noDataSlices: 'bad',
      }),
      definition({
        name: 'ratios',
        budgetingMethod: 'RatioTimeslices',
        timeSliceSeconds: 2 * HOUR,
      }),
      definition({
        name: 'month',
        window: {
          type: 'calendar',
          duration: '1M',
          unit: 'month',
          count: 1,
          startTime: '2026-01-01T00:00:00',
          timeZone: 'America/New_York',
        },
      }),
    ];
    await define({ [checkout]: methods });

    // 30 days with a gap and hours without traffic; hourly where it is long ago.
    const random = pseudoRandom();
    const next = () => random.next().value;
    const samples: SliSample[] = [];
    const pushed: Array<{ start: number; good: number; total: number }> = [];
    const add = (start: number, durationSeconds: number) => {
      if (next() < 0.1) {
        return;
      }
      const total = next() < 0.1 ? 0 : Math.floor(next() * 1000) * 12;
      const good = total - Math.floor(next() ** 6 * total);
      samples.push(sample({ at: start, durationSeconds, good, total }));
      const parts = durationSeconds / BUCKET;
      for (let part = 0; part < parts; part += 1) {
        pushed.push({
          start: start + part * BUCKET,
          good: good / parts,
          total: total / parts,
        });
      }
    };
    const recent = at(0) - 40 * HOUR;
    for (let start = at(0) - 30 * DAY; start < recent; start += HOUR) {
      add(start, HOUR);
    }
    for (let start = recent; start < at(0); start += BUCKET) {
      add(start, BUCKET);
    }
    for (const { name } of methods) {
      const { accepted, rejected } = await push(
        samples.map(one => ({ ...one, slo: name })),
      );
      expect(rejected).toEqual([]);
      expect(accepted).toBe(samples.length);
    }

    const compare = async () => {
      const statuses = await slos.entityStatuses(checkout);
      expect(statuses).toHaveLength(methods.length);
      for (const { sparkline, evaluatedAt, ...status } of statuses) {
        const { evaluatedAt: _, ...expected } = evaluateSlo({
          definition: methods.find(({ name }) => name === status.slo)!,
          buckets: pushed.map(bucket => ({ ...bucket, seconds: BUCKET })),
          now: clock(),
          entityRef: checkout,
        });
        expect(rounded({ ...status, alerts: [] })).toEqual(
          rounded({ ...expected, alerts: [] }),
        );
        expect(status.alerts.map(({ firing }) => firing)).toEqual(
          expected.alerts.map(({ firing }) => firing),
        );
        expect(sparkline!.length).toBeGreaterThan(20);
        expect(sparkline!.length).toBeLessThanOrEqual(32);
        // The small chart ends where the status stands.
        const { slo, budget } = status;
        const ends = {
          occurrences: budget!.remaining,
          month: budget!.remaining,
        };
        const drawn = sparkline![sparkline!.length - 1];
        expect(drawn).toBeCloseTo(ends[slo as 'month'] ?? drawn!, 3);
      }
    };
    await compare();

    // What is not kept any longer is not missed.
    const before = (await buckets(knex, 300)).length;
    await slos.dropOld();
    expect((await buckets(knex, 300)).length).toBeLessThanOrEqual(before);
    await knex('slos').update({ revision: knex.raw('revision + 1') });
    await slos.evaluate();
    await compare();

    // Nothing is due, nothing is written; in one statement.
    const { result, statements } = await countingStatements(knex, () =>
      slos.evaluate(),
    );
    expect(result).toEqual({ evaluated: 0, written: 0 });
    expect(statements).toHaveLength(1);

    // Time alone turns it stale, with the figures of the last moment.
    pass(2 * HOUR);
    expect(await slos.evaluate()).toEqual({ evaluated: 4, written: 4 });
    const [stale] = await slos.entityStatuses(checkout);
    expect(stale).toMatchObject({
      state: 'no-data',
      reason: expect.stringMatching(/^No data since 2026-11-21 0[78]:\d\d UTC/),
      sli: expect.any(Number),
      lastDataAt: expect.stringMatching(/^2026-11-21T0[78]/),
    });
    expect(await slos.evaluate()).toEqual({ evaluated: 0, written: 0 });
  });

  it('keeps an hour the sum of its 5-minute buckets, whatever comes and goes', async () => {
    const { define, push } = await setUp(knex);
    await define({ [checkout]: [definition()] });
    const hour = Math.floor(at(3 * HOUR) / HOUR) * HOUR;

    await push([
      sample({ at: hour, good: 1, total: 2 }),
      sample({ at: hour + BUCKET, good: 3, total: 4 }),
      // The same bucket twice: the last one counts.
      sample({ at: hour + BUCKET, good: 4, total: 5 }),
    ]);
    expect(await buckets(knex, 3600)).toEqual([
      { start: hour, good: 5, total: 7, covered: 600 },
    ]);
    // It replaces and never adds.
    await push([sample({ at: hour, good: 2, total: 2 })]);
    expect(await buckets(knex, 3600)).toEqual([
      { start: hour, good: 6, total: 7, covered: 600 },
    ]);
    // A whole hour over it, spread evenly.
    await push([
      sample({ at: hour, durationSeconds: HOUR, good: 12, total: 24 }),
    ]);
    expect(await buckets(knex, 3600)).toEqual([
      { start: hour, good: 12, total: 24, covered: 3600 },
    ]);
    expect(await buckets(knex, 300)).toHaveLength(12);
    // An hour that starts at half past lies in two.
    await push([
      sample({ at: hour - 1800, durationSeconds: HOUR, good: 12, total: 12 }),
    ]);
    expect(await buckets(knex, 3600)).toEqual([
      { start: hour - HOUR, good: 6, total: 6, covered: 1800 },
      { start: hour, good: 12, total: 18, covered: 3600 },
    ]);
  });

  it('counts every bucket once when pushes for one hour meet', async () => {
    const { define, push } = await setUp(knex);
    await define({ [checkout]: [definition()], [ledger]: [definition()] });
    const hour = Math.floor(at(3 * HOUR) / HOUR) * HOUR;
    const refs = [checkout, ledger];

    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        push(
          // In another order each time: pushes must not wait for each other.
          (index % 2 ? refs : [...refs].reverse()).map(entityRef =>
            sample({ entityRef, at: hour + index * BUCKET, good: 1, total: 2 }),
          ),
        ),
      ),
    );
    expect(await buckets(knex, 3600)).toEqual([
      { start: hour, good: 12, total: 24, covered: 3600 },
      { start: hour, good: 12, total: 24, covered: 3600 },
    ]);
  });

  it('changes nothing when a push is repeated, and refuses a key for other samples', async () => {
    const { slos, define, push } = await setUp(knex);
    await define({ [checkout]: [definition()] });
    const samples = [sample(), sample({ slo: 'typo' })];

    const first = await push(samples, 'one');
    await push([sample({ good: 50 })], 'two');
    const again = await push(samples, 'one');

    expect(again).toEqual({ ...first, replayed: true });
    expect((await buckets(knex, 300))[0].good).toBe(50);
    await expect(push([sample({ good: 7 })], 'one')).rejects.toThrow(
      'This idempotencyKey was used for other samples',
    );
    // Somebody else's key is another key.
    const other = await slos.push({
      push: { samples: [sample({ good: 1 })], idempotencyKey: 'one' },
      caller: 'service:other',
    });
    expect(other).toEqual({ accepted: 1, replayed: false, rejected: [] });

    // The same push at the same time by two replicas.
    const both = await Promise.all([
      push([sample({ good: 3 })], 'three'),
      push([sample({ good: 3 })], 'three'),
    ]);
    expect(both.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
  });

  it('refuses what is wrong sample by sample and keeps the rest', async () => {
    const { slos, define, push } = await setUp(knex);
    await define({
      [checkout]: [definition(), definition({ name: 'latency' })],
    });
    const { accepted, rejected } = await push([
      sample(),
      sample({ good: -1 }),
      sample({ good: 1e300, total: 1e300 }),
      sample({ good: 2, total: 1 }),
      sample({ at: at(-2 * HOUR) }),
      sample({ at: at(500 * DAY) }),
      sample({ at: at(BUCKET) + 1 }),
      sample({ durationSeconds: 60 }),
      sample({ slo: 'availabilty' }),
      sample({ slo: '\0' }),
      sample({ entityRef: 'component:default/nobody' }),
      sample({ entityRef: 'checkout' }),
      sample({ entityRef: 'component:default/\0\ud800' }),
      sample({ entityRef: `x:y/${"'; drop table slos; --"}` }),
      sample({ slo: 'latency', entityRef: 'Component:Default/Checkout' }),
    ]);

    expect(accepted).toBe(2);
    expect(rejected.map(({ index }) => index)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    expect(rejected.map(({ message }) => message)).toEqual([
      expect.stringContaining('good must be a number from 0'),
      expect.stringContaining('good must be a number from 0'),
      'good must be at most total, got 2 of 1',
      expect.stringContaining('ends in the future'),
      expect.stringContaining('older than 400 days'),
      expect.stringContaining('full 5 minutes'),
      expect.stringContaining('durationSeconds must be a multiple of 300'),
      'component:default/checkout has no SLO of this name; it has availability, latency',
      expect.stringContaining('it has availability, latency'),
      expect.stringContaining('component:default/nobody has no SLO'),
      expect.stringContaining('kind:namespace/name'),
      expect.stringContaining('kind:namespace/name'),
      expect.stringContaining('kind:namespace/name'),
    ]);
    expect(
      (await slos.entityStatuses(checkout)).map(({ total }) => total),
    ).toEqual([100, 100]);
  });

  it('takes a backfill in any grain and refuses parts of hours that are sums already', async () => {
    const { slos, define, push } = await setUp(knex);
    await define({ [checkout]: [definition()] });
    const old = Math.floor(at(20 * DAY) / HOUR) * HOUR;

    const hourInParts = Array.from({ length: 12 }, (_, index) =>
      sample({ at: old + index * BUCKET, good: 1, total: 1 }),
    );
    expect((await push(hourInParts)).accepted).toBe(12);
    expect(await buckets(knex, 300)).toEqual([]);
    expect(await buckets(knex, 3600)).toEqual([
      { start: old, good: 12, total: 12, covered: 3600 },
    ]);

    // The hour before it in two pushes, and then its buckets are dropped.
    const before = old - HOUR;
    await push([sample({ at: before, good: 1, total: 1 })]);
    await push([sample({ at: before + BUCKET, good: 1, total: 1 })]);
    await slos.dropOld();
    expect(await buckets(knex, 300)).toEqual([]);

    const late = await push([
      sample({ at: before + 2 * BUCKET, good: 1, total: 1 }),
      sample({ at: old, durationSeconds: HOUR, good: 24, total: 24 }),
    ]);
    expect(late).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 0, message: expect.stringContaining('only whole hours') },
      ],
    });
    expect(await buckets(knex, 3600)).toEqual([
      { start: before, good: 2, total: 2, covered: 600 },
      { start: old, good: 24, total: 24, covered: 3600 },
    ]);
  });

  it('takes definitions over by difference and loses no samples of an SLO that comes back', async () => {
    const { slos, define, push, pass } = await setUp(knex);
    const both = { [checkout]: [definition()], [ledger]: [definition()] };

    expect(await define(both)).toEqual({
      added: 2,
      changed: 0,
      removed: 0,
      taken: [],
    });
    expect((await slos.entityStatuses(checkout))[0]).toMatchObject({
      state: 'no-data',
      reason: 'No sample was ever received.',
      coverage: 0,
    });
    const { result, statements } = await countingStatements(knex, () =>
      define(both),
    );
    expect(result).toEqual({ added: 0, changed: 0, removed: 0, taken: [] });
    expect(statements).toHaveLength(1);

    // The contract of one is broken for a while, that of the other cannot be fetched.
    expect(
      await slos.syncDefinitions({
        definitionsByEntity: new Map(),
        keep: new Set([ledger]),
      }),
    ).toEqual({ added: 0, changed: 0, removed: 1, taken: [] });
    expect([...(await slos.statusesByEntity()).keys()]).toEqual([ledger]);
    expect((await push([sample()])).accepted).toBe(1);
    expect(await slos.entityStatuses(checkout)).toEqual([]);

    expect(await define(both)).toEqual({
      added: 0,
      changed: 1,
      removed: 0,
      taken: [],
    });
    expect((await slos.entityStatuses(checkout))[0].total).toBe(100);

    // Another objective is another budget over the same samples.
    await define({ ...both, [checkout]: [definition({ objective: 0.9 })] });
    expect((await slos.entityStatuses(checkout))[0].objective).toBe(0.9);

    // What nothing defines for a month is forgotten.
    await define({ [ledger]: [definition()] });
    pass(31 * DAY);
    await slos.dropOld();
    expect(await buckets(knex, 300)).toEqual([]);
    expect(await knex('slos').select('entity_ref')).toEqual([
      { entity_ref: ledger },
    ]);
  });

  it('evaluates the others where one SLO cannot be', async () => {
    const { slos, define, push } = await setUp(knex);
    await define({ [checkout]: [definition()], [ledger]: [definition()] });
    await knex('slos')
      .where({ entity_ref: checkout })
      .update({
        definition: JSON.stringify(
          definition({
            window: {
              type: 'calendar',
              duration: '1M',
              unit: 'month',
              count: 1,
              startTime: 'never',
              timeZone: 'Mars/Base',
            },
          }),
        ),
      });
    await push([sample(), sample({ entityRef: ledger })]);
    expect((await slos.entityStatuses(checkout))[0].total).toBeUndefined();
    expect((await slos.entityStatuses(ledger))[0].total).toBe(100);
  });

  it('lists worst first in three statements, for whom may see it', async () => {
    const { slos, define, push } = await setUp(knex);
    const names = ['a', 'b', 'c', 'd', 'e'];
    await writeOrganisation(knex, {
      directory: testDirectory({
        shop: {},
        payments: { parent: 'shop' },
        other: {},
      }),
      components: names.map((name, index) => ({
        name,
        owners: [index < 3 ? 'group:default/payments' : 'group:default/other'],
        tier: 'tier-1',
      })),
    });
    const ref = (name: string) => `component:default/${name}`;
    await define(
      Object.fromEntries(
        names.map(name => [ref(name), [definition({ title: '100%_sure' })]]),
      ),
    );
    // e never had a sample; b is the worst.
    const bad = { a: 1, b: 40, c: 3, d: 20 };
    const day = Array.from({ length: 20 * 24 }, (_, index) => index);
    for (const [name, each] of Object.entries(bad)) {
      await push(
        day.map(index =>
          sample({
            entityRef: ref(name),
            at: Math.floor(at(index * HOUR) / HOUR) * HOUR - HOUR,
            durationSeconds: HOUR,
            good: 1000 - each,
            total: 1000,
          }),
        ),
      );
    }

    const list = (query: object, visible: 'all' | Set<string> = 'all') =>
      slos.list({ query, visible });
    const order = (page: { items: Array<{ entityRef: string }> }) =>
      page.items.map(({ entityRef }) => entityRef.slice(-1)).join('');

    const { result: first, statements } = await countingStatements(knex, () =>
      list({ limit: 2 }),
    );
    expect(statements).toHaveLength(3);
    expect(order(first)).toBe('bd');
    expect(first.items[0]).toMatchObject({
      state: 'breached',
      ownerRefs: ['group:default/payments'],
      entityTitle: 'The b',
      tier: 'tier-1',
    });
    expect(first.totalItems).toBe(5);
    expect(first.summary).toEqual({
      total: 5,
      byState: {
        breached: 2,
        met: 2,
        'no-data': 1,
        'at-risk': 0,
        partial: 0,
        'no-traffic': 0,
      },
      firing: 2,
    });
    const second = await list({
      limit: 2,
      cursor: first.pageInfo.nextCursor,
    });
    expect(order(second)).toBe('ca');
    const third = await list({ limit: 2, cursor: second.pageInfo.nextCursor });
    expect(order(third)).toBe('e');
    expect(third.pageInfo.nextCursor).toBeUndefined();
    expect(
      order(await list({ limit: 2, cursor: third.pageInfo.prevCursor })),
    ).toBe('ca');

    expect(order(await list({ orderBy: 'entityRef,desc' }))).toBe('edcba');
    expect(order(await list({ orderBy: 'burnRate' }))).toBe('bdcae');
    expect(order(await list({ orderBy: 'lastDataAt' }))[0]).toBe('e');
    // Nested: shop is above payments.
    expect(order(await list({ team: 'Group:default/shop' }))).toBe('bca');
    expect(order(await list({ state: ['no-data', 'met'] }))).toBe('cae');
    expect((await list({ state: ['met'] })).totalItems).toBe(2);
    expect(order(await list({ text: 'DEFAULT/d' }))).toBe('d');
    expect((await list({ text: '%_s' })).totalItems).toBe(5);
    expect((await list({ text: '__' })).totalItems).toBe(0);
    expect((await list({ text: '\0' })).totalItems).toBe(5);
    const some = await list({}, new Set([ref('a'), ref('e')]));
    expect(order(some)).toBe('ae');
    expect(some.summary.total).toBe(2);
    await expect(list({ orderBy: 'title' })).rejects.toThrow(
      'expected one of remaining, burnRate, entityRef, lastDataAt',
    );

    const { statements: page } = await countingStatements(knex, () =>
      slos.entityStatuses(ref('a')),
    );
    expect(page).toHaveLength(1);
  });
});
