import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  evaluateSlo,
  excludedBuckets,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliBucket,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  countingStatements,
  migratedDatabase,
} from '../../__testUtils__/writeOrganisation';
import { SloService } from '../SloService';
import { SloExclusions } from './SloExclusions';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-11-21T08:02:00Z');
const HOUR = 3600;
const DAY = 86_400;
const entityRef = 'component:default/checkout';
const caller = 'user:default/ada';
const base: SloDefinition = {
  name: 'occurrences',
  title: 'Availability',
  objective: 0.99,
  budgetingMethod: 'Occurrences',
  window: { type: 'rolling', duration: '7d', durationSeconds: 7 * DAY },
  noDataSlices: 'ignore',
  origin: { entityRef, path: '' },
  warnings: [],
};
const definitions: SloDefinition[] = [
  base,
  {
    ...base,
    name: 'slices',
    budgetingMethod: 'Timeslices',
    timeSliceTarget: 0.99,
    timeSliceSeconds: 900,
    noDataSlices: 'bad',
  },
  {
    ...base,
    name: 'hours',
    budgetingMethod: 'RatioTimeslices',
    timeSliceSeconds: HOUR,
  },
];
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
/** The end of the data, seconds since the epoch. */
const end = Math.floor(NOW / 1000 / 300) * 300;

async function setUp(id: Parameters<typeof databases.init>[0]) {
  const knex = await migratedDatabase(databases, id);
  let now = NOW;
  const clock = () => new Date(now);
  const slos = new SloService({
    knex,
    logger: mockServices.logger.mock(),
    now: clock,
  });
  await slos.syncDefinitions({
    definitionsByEntity: new Map([[entityRef, definitions]]),
  });
  // Seven days of which the hours differ, and every fifth bucket has errors.
  const buckets = Array.from({ length: (7 * DAY) / 300 }, (_, index) => {
    const start = end - 7 * DAY + index * 300;
    const total = 100 + (Math.floor(start / HOUR) % 7);
    return { start, seconds: 300, good: total - (index % 5 ? 0 : 1), total };
  });
  for (const { name } of definitions) {
    await slos.push({
      push: {
        idempotencyKey: name,
        samples: buckets.map(({ start, good, total }) => ({
          entityRef,
          slo: name,
          start: iso(start),
          durationSeconds: 300,
          good,
          total,
        })),
      },
      caller,
    });
  }
  return {
    knex,
    slos,
    buckets: buckets as SliBucket[],
    clock,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    exclusions: new SloExclusions({ knex, slos, now: clock }),
  };
}

describe.each(databases.eachSupportedId())('SloExclusions on %s', id => {
  it('leaves the same out in the database as in memory, for all of them in as many statements as for one', async () => {
    const { knex, slos, buckets, clock, exclusions } = await setUp(id);
    // Within what is kept in 5-minute buckets, cutting hours.
    const stretches = [
      { start: end - 2 * DAY + 700, end: end - 2 * DAY + 2 * HOUR },
      { start: end - 3 * HOUR - 100, end: end - 2 * HOUR },
    ];
    for (const { name } of definitions) {
      for (const stretch of stretches) {
        await exclusions.add({
          entityRef,
          slo: name,
          request: {
            reason: 'Move of the database',
            from: iso(stretch.start),
            to: iso(stretch.end),
          },
          caller,
        });
      }
    }
    // Times that all differ still take one sum for each kind of SLO.
    const { statements } = await countingStatements(knex, async () => {
      await knex('slos').update({ evaluated_revision: 0 });
      await slos.evaluate();
    });
    expect(statements.filter(sql => /sum\(b\.good\)/.test(sql))).toHaveLength(
      definitions.length,
    );
    for (const status of await slos.entityStatuses(entityRef)) {
      const definition = definitions.find(({ name }) => name === status.slo)!;
      const expected = evaluateSlo({
        definition,
        buckets,
        now: clock(),
        entityRef,
        excluded: excludedBuckets(stretches),
      });
      expect(status).toMatchObject({
        state: expected.state,
        sli: expect.closeTo(expected.sli!, 10),
        good: expected.good,
        total: expected.total,
        coverage: expected.coverage,
        excludedSeconds: expected.excludedSeconds,
        budget: { remaining: expect.closeTo(expected.budget!.remaining, 9) },
      });
      const history = await slos.history({ entityRef, slo: status.slo });
      expect(history.exclusions?.map(({ reason }) => reason)).toEqual([
        'Move of the database',
        'Move of the database',
      ]);
      expect(history.points.reduce((sum, { total }) => sum + total, 0)).toBe(
        expected.total,
      );
      expect(
        history.points.every(
          ({ coverage, excludedSeconds }) =>
            coverage === 1 || excludedSeconds === history.stepSeconds,
        ),
      ).toBe(true);
    }
  });

  it('keeps what was worked out when 5-minute buckets become hours', async () => {
    const { slos, exclusions, pass } = await setUp(id);
    const day = end - 5 * DAY;
    await exclusions.add({
      entityRef,
      slo: 'occurrences',
      request: {
        reason: 'Game day',
        from: iso(day + 600),
        to: iso(day + 2 * HOUR + 600),
      },
      caller,
    });
    const range = { from: iso(day - DAY), to: iso(day + DAY) };
    const total = async () => {
      const { points } = await slos.history({
        entityRef,
        slo: 'occurrences',
        step: HOUR,
        ...range,
      });
      return points.reduce((sum, point) => sum + point.total, 0);
    };
    const before = await total();
    pass(10 * DAY);
    await slos.dropOld();
    expect(await total()).toBe(before);
  });

  it('begins and ends by the clock, and stays on record when it is ended', async () => {
    const { slos, exclusions, pass, clock } = await setUp(id);
    const status = async () =>
      (await slos.entityStatuses(entityRef)).find(
        ({ slo }) => slo === 'occurrences',
      )!;
    const name = { entityRef, slo: 'occurrences' };
    const added = await exclusions.add({
      ...name,
      request: {
        reason: 'Every Saturday',
        rrule: 'FREQ=WEEKLY;BYDAY=SA',
        from: '2026-11-21T09:00:00Z',
        durationSeconds: 2 * HOUR,
        timeZone: 'Europe/Berlin',
      },
      caller,
    });
    expect(added).toMatchObject({
      state: 'planned',
      next: { from: '2026-11-21T09:00:00.000Z' },
      createdBy: caller,
    });
    expect((await status()).excludedUntil).toBeUndefined();

    pass(HOUR);
    await slos.evaluate();
    expect((await status()).excludedUntil).toBe('2026-11-21T11:00:00.000Z');
    expect(await exclusions.list(name)).toEqual([
      expect.objectContaining({ state: 'running' }),
    ]);
    // Nothing came meanwhile: the time does not count, so nothing is missing.
    pass(1.95 * HOUR);
    await slos.evaluate();
    expect((await status()).state).not.toBe('no-data');
    pass(2.05 * HOUR);
    await slos.evaluate();
    expect((await status()).state).toBe('no-data');
    await slos.push({
      push: {
        idempotencyKey: 'after',
        samples: [
          {
            entityRef,
            slo: 'occurrences',
            start: iso(clock().getTime() / 1000 - 420),
            durationSeconds: 300,
            good: 1,
            total: 1,
          },
        ],
      },
      caller,
    });
    expect((await status()).excludedSeconds).toBe(2 * HOUR);

    const ended = await exclusions.end({
      ...name,
      id: added.id,
      reason: 'Done without downtime now',
      caller: 'user:default/bob',
    });
    expect(ended).toMatchObject({
      state: 'ended',
      endedBy: 'user:default/bob',
      endReason: 'Done without downtime now',
      endedAt: clock().toISOString(),
    });
    expect(ended.next).toBeUndefined();
    expect((await status()).excludedSeconds).toBe(2 * HOUR);
    await expect(
      exclusions.end({ ...name, id: added.id, reason: 'again', caller }),
    ).rejects.toThrow('ended before');

    await exclusions.end({
      ...name,
      id: added.id,
      reason: 'It was the wrong SLO',
      scope: 'all',
      caller,
    });
    expect((await status()).excludedSeconds).toBeUndefined();
    expect(await exclusions.list(name)).toEqual([
      expect.objectContaining({ state: 'ended', withdrawn: true }),
    ]);
  });

  it('says which time it cannot cut, and refuses what it cannot take', async () => {
    const { exclusions } = await setUp(id);
    const name = { entityRef, slo: 'occurrences' };
    const once = (from: number, to: number) => ({
      reason: 'x',
      from: iso(from),
      to: iso(to),
    });
    expect(
      await exclusions.add({
        ...name,
        request: once(end - 30 * DAY + 300, end - 30 * DAY + HOUR),
        caller,
      }),
    ).toMatchObject({
      state: 'over',
      warnings: [expect.stringContaining('whole hours')],
    });
    await expect(
      exclusions.add({ ...name, request: once(end, end - 1), caller }),
    ).rejects.toThrow('5 minutes to 92 days after from');
    await expect(
      exclusions.add({
        entityRef,
        slo: 'nope',
        request: once(end, end + 300),
        caller,
      }),
    ).rejects.toThrow('has no SLO called nope');
    await expect(
      exclusions.end({ ...name, id: 'nope', reason: 'x', caller }),
    ).rejects.toThrow('no such exclusion');
    for (let index = 0; index < 50; index++) {
      await exclusions.add({
        ...name,
        request: once(end + DAY, end + 2 * DAY),
        caller,
      });
    }
    await expect(
      exclusions.add({ ...name, request: once(end, end + DAY), caller }),
    ).rejects.toThrow('50 exclusions that are not over');
  });
});
