import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliReading,
  SliRequest,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import { SliCollector } from './SliCollector';
import { SloService } from './SloService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-11-21T08:02:00Z') / 1000;
const LAST = NOW - 120;
const HOUR = 3600;
const DAY = 86_400;
const checkout = 'component:default/checkout';

function definition(
  name: string,
  change: Partial<SloDefinition> = {},
): SloDefinition {
  return {
    name,
    title: name,
    objective: 0.98,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY },
    noDataSlices: 'ignore',
    indicator: { bad: 'bad', total: 'total', type: 'test' },
    origin: { entityRef: checkout, path: `slos[${name}]` },
    warnings: [],
    ...change,
  };
}

/** A source with 1 bad of 100 events in every 5 minutes until `dataEnd`. */
class TestSource implements SliSource {
  readonly id = 'test';
  dataEnd = Infinity;
  /** By name of the SLO. */
  readonly errors = new Map<string, string>();
  /** Thrown after this many parts of answers. */
  breaks?: { after: number; message: string };
  bad = 1;
  readonly calls: SliRequest[][] = [];

  reads({ indicator }: SloDefinition) {
    return indicator?.type === 'test';
  }

  async *read({
    requests,
  }: {
    requests: SliRequest[];
  }): AsyncIterable<SliReading> {
    this.calls.push(requests);
    let parts = 0;
    for (const request of requests) {
      const error = this.errors.get(request.definition.name);
      if (error) {
        yield { request, error };
        continue;
      }
      const { from, to, seconds } = request;
      const half = from + Math.floor((to - from) / seconds / 2) * seconds;
      for (const [start, end] of [
        [from, half],
        [half, to],
      ]) {
        if (this.breaks && parts >= this.breaks.after) {
          throw new Error(this.breaks.message);
        }
        parts += 1;
        yield {
          request,
          buckets: this.#buckets(start, end, seconds),
          readTo: end,
        };
      }
    }
  }

  #buckets(from: number, to: number, seconds: 300 | 3600) {
    const buckets = [];
    for (let start = from; start + seconds <= to; start += seconds) {
      if (start + seconds <= this.dataEnd) {
        const total = seconds / 3;
        buckets.push({
          start,
          seconds,
          total,
          good: total - (this.bad * seconds) / 300,
        });
      }
    }
    return buckets;
  }
}

async function setUp(knex: Knex, definitions: SloDefinition[]) {
  const clock = { now: NOW };
  const logger = mockServices.logger.mock();
  const now = () => new Date(clock.now * 1000);
  const slos = new SloService({ knex, logger, now });
  const source = new TestSource();
  const collector = new SliCollector({
    knex,
    sources: [source],
    slos,
    logger,
    now,
  });
  const define = (list: SloDefinition[]) =>
    slos.syncDefinitions({ definitionsByEntity: new Map([[checkout, list]]) });
  await define(definitions);
  return {
    clock,
    logger,
    source,
    slos,
    define,
    collect: (signal = new AbortController().signal) =>
      collector.collect({ signal }),
    async status(slo = 'a') {
      return (await slos.detail({ entityRef: checkout, slo })).status;
    },
  };
}

describe.each(databases.eachSupportedId())('SliCollector on %s', databaseId => {
  it('reads the whole window at first sight, then what is new and the last 3 buckets', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { clock, source, collect, status } = await setUp(knex, [
      definition('a'),
    ]);
    await collect();
    expect(
      source.calls.map(([{ from, to, seconds }]) => ({ from, to, seconds })),
    ).toEqual([
      { from: LAST - 28 * DAY, to: LAST - 6 * DAY, seconds: 3600 },
      { from: LAST - 6 * DAY, to: LAST, seconds: 300 },
    ]);
    expect(await status()).toMatchObject({
      state: 'met',
      coverage: 1,
      total: 28 * 288 * 100,
      good: 28 * 288 * 99,
      budget: { remaining: expect.closeTo(0.5, 9) },
    });

    source.calls.length = 0;
    clock.now += 300;
    expect(await collect()).toEqual({ read: 1, failed: 0, written: 1 });
    expect(source.calls).toEqual([
      [expect.objectContaining({ from: LAST - 900, to: LAST + 300 })],
    ]);
    // Long windows start at a full hour, so that 11 buckets left with it.
    expect((await status()).total).toBe((28 * 288 - 11) * 100);

    // The last buckets are completed late: they are replaced, not added.
    source.bad = 2;
    expect(await collect()).toEqual({ read: 1, failed: 0, written: 4 });
    const hour = (await status()).burnRates.find(
      ({ windowSeconds }) => windowSeconds === HOUR,
    );
    expect(hour?.errorRate).toBeCloseTo((8 + 4 * 2) / 1200);
    const before = await knex('slos').first('revision');
    expect(await collect()).toEqual({ read: 1, failed: 0, written: 0 });
    expect(await knex('slos').first('revision')).toEqual(before);
  });

  it('says why and since when a source is down, keeps the numbers, and catches up', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { clock, source, collect, status, logger } = await setUp(knex, [
      definition('a'),
    ]);
    await collect();
    const good = await status();

    source.breaks = { after: 0, message: 'connection refused' };
    clock.now += 300;
    await collect();
    // Two missing buckets are late, not down.
    expect((await status()).state).toBe('met');
    clock.now += 900;
    await collect();
    expect(await status()).toMatchObject({
      state: 'no-data',
      reason:
        'No data since 2026-11-21 08:00 UTC. Its source cannot be read since 2026-11-21 08:07 UTC: connection refused',
      total: good.total,
      budget: good.budget,
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);

    clock.now += 6 * HOUR;
    source.breaks = undefined;
    source.calls.length = 0;
    await collect();
    expect(source.calls[0][0]).toMatchObject({ from: LAST - 900 });
    const back = await status();
    expect(back).toMatchObject({ state: 'met', coverage: 1 });
    expect(back.reason).toBeUndefined();
  });

  it('turns to no data where the source answers without any, and finds what comes late', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { clock, source, collect, status } = await setUp(knex, [
      definition('a'),
    ]);
    await collect();
    source.dataEnd = LAST;
    clock.now += 1500;
    await collect();
    expect(await status()).toMatchObject({
      state: 'no-data',
      reason: expect.stringMatching(
        /^No data since 2026-11-21 08:00 UTC\. .*has no data for the queries$/,
      ),
    });
    // The clock of the source was behind by an hour.
    clock.now += HOUR;
    source.dataEnd = Infinity;
    await collect();
    expect(await status()).toMatchObject({ state: 'met', coverage: 1 });
  });

  it('says so where the clock of a source is an hour behind, and counts each bucket once when it is right again', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { clock, source, collect, status } = await setUp(knex, [
      definition('a'),
    ]);
    source.dataEnd = LAST - HOUR;
    await collect();
    for (let cycle = 0; cycle < 6; cycle++) {
      clock.now += 300;
      source.dataEnd += 300;
      await collect();
    }
    expect(await status()).toMatchObject({
      state: 'no-data',
      reason: expect.stringContaining('has no data for the queries'),
      lastDataAt: new Date((LAST - HOUR + 1800) * 1000).toISOString(),
    });
    source.dataEnd = Infinity;
    clock.now += 1800;
    await collect();
    const end = LAST + HOUR;
    expect(await status()).toMatchObject({
      state: 'met',
      coverage: 1,
      total: (28 * DAY) / 3,
      good: (28 * DAY) / 3 - (28 * DAY) / 300,
      lastDataAt: new Date(end * 1000).toISOString(),
    });
    const [fine] = await knex('sli_buckets')
      .where('seconds', 300)
      .count({ n: '*' })
      .max({ last: 'start' });
    expect(Number(fine.last)).toBe(end - 300);
    expect(Number(fine.n)).toBe((6 * DAY + HOUR) / 300);
  });

  it('never lets one SLO stop another', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { source, collect, status, logger } = await setUp(knex, [
      definition('a'),
      definition('b'),
      definition('c'),
      definition('pushed', { indicator: undefined }),
    ]);
    source.errors.set('b', 'total, line 1, column 4: unexpected ")"');
    expect(await collect()).toMatchObject({ read: 3, failed: 1 });
    expect((await status('a')).state).toBe('met');
    expect((await status('c')).state).toBe('met');
    expect(await status('b')).toMatchObject({
      state: 'no-data',
      reason: expect.stringContaining('line 1, column 4'),
    });
    expect((await status('pushed')).reason).toBe(
      'No sample was ever received.',
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
    await collect();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    source.errors.clear();
    await collect();
    expect((await status('b')).state).toBe('met');
  });

  it('goes on where a backfill was cut short', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { source, collect, status } = await setUp(knex, [
      definition('a'),
      definition('b'),
    ]);
    source.breaks = { after: 1, message: 'gone' };
    expect(await collect()).toMatchObject({ failed: 2 });
    expect((await status('b')).reason).toContain('gone');
    source.breaks = undefined;
    source.calls.length = 0;
    await collect();
    // `a` has half of its hours.
    const asked = source.calls.flat().filter(r => r.definition.name === 'a');
    expect(asked.map(({ seconds }) => seconds)).toEqual([3600, 300]);
    expect(asked[0].to - asked[0].from).toBe(11 * DAY + HOUR);
    expect(await status('a')).toMatchObject({ coverage: 1, total: 806_400 });
    expect(await status('b')).toMatchObject({ coverage: 1, total: 806_400 });
  });

  it('blames no source for being stopped', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { collect, status } = await setUp(knex, [definition('a')]);
    await collect(AbortSignal.abort());
    expect((await status()).reason).toBe('No sample was ever received.');
  });

  it('reads again from the start when the queries change, and forgets what nobody reads', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { source, define, collect, status } = await setUp(knex, [
      definition('a'),
    ]);
    source.errors.set('a', 'bad query');
    await collect();
    source.errors.clear();
    await collect();
    source.calls.length = 0;
    source.bad = 0;
    await define([
      definition('a', {
        indicator: { bad: 'other', total: 'total', type: 'test' },
      }),
    ]);
    await collect();
    expect(source.calls).toHaveLength(2);
    expect(await status()).toMatchObject({ sli: 1 });

    source.errors.set('a', 'bad query');
    await collect();
    await define([
      definition('a', { indicator: { total: 'total', type: 'other' } }),
    ]);
    await collect();
    expect(await knex('sli_sources')).toEqual([]);
  });

  it('keeps nothing of an old query where a new one has no data, but what was pushed', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { source, slos, define, collect, status } = await setUp(knex, [
      definition('a'),
    ]);
    await collect();
    const push = (idempotencyKey: string, start: number) =>
      slos.push({
        caller: 'me',
        push: {
          idempotencyKey,
          samples: [
            {
              entityRef: checkout,
              slo: 'a',
              start: new Date(start * 1000).toISOString(),
              durationSeconds: 300,
              good: 5,
              total: 10,
            },
          ],
        },
      });
    await push('first', LAST - DAY);
    await define([
      definition('a', {
        indicator: { bad: 'other', total: 'total', type: 'test' },
      }),
    ]);

    // As long as the new query fails, the old numbers stay.
    source.errors.set('a', 'bad query');
    await collect();
    const before = await status();
    expect(before.total).toBeGreaterThan(100_000);
    expect(before.coverage).toBe(1);
    source.errors.clear();

    source.dataEnd = 0;
    await collect();
    expect(await status()).toMatchObject({ good: 5, total: 10 });
    const left = await knex('sli_buckets')
      .select('seconds', 'good', 'total', 'covered', 'pushed')
      .orderBy('seconds');
    expect(left).toEqual(
      [300, 3600].map(seconds => ({
        seconds,
        good: 5,
        total: 10,
        covered: 300,
        pushed: 1,
      })),
    );
    const [{ last_data_end: end }] = await knex('slos');
    expect(Number(end)).toBe(LAST - DAY + 300);

    // Another window of the same query takes nothing away.
    source.dataEnd = Infinity;
    const third = definition('a', {
      indicator: { bad: 'third', total: 'total', type: 'test' },
    });
    await define([third]);
    await collect();
    const count = async () =>
      Number((await knex('sli_buckets').count({ n: '*' }))[0].n);
    const full = await count();
    source.dataEnd = LAST - 4 * HOUR;
    await define([
      {
        ...third,
        window: { type: 'rolling', duration: '7d', durationSeconds: 7 * DAY },
      },
    ]);
    await collect();
    expect(await count()).toBe(full);
  });

  it('refuses buckets that cannot be', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const { source, collect, status } = await setUp(knex, [definition('a')]);
    source.bad = 1000;
    await collect();
    expect(await status()).toMatchObject({
      state: 'no-data',
      reason: expect.stringContaining('a bucket that cannot be'),
    });
    expect(await knex('sli_buckets')).toEqual([]);
  });
});
