import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { burnDown } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import { SloExclusions } from '../exclusion/SloExclusions';
import { SloService } from '../SloService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-11-21T08:02:00Z');
const HOUR = 3600;
const DAY = 86_400;
const end = Math.floor(NOW / 1000 / 300) * 300;
const shop = 'component:default/shop';
const pay = 'component:default/pay';
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

function definition(
  name: string,
  change: Partial<SloDefinition> = {},
): SloDefinition {
  return {
    name,
    title: `The ${name}`,
    objective: 0.9,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '2d', durationSeconds: 2 * DAY },
    noDataSlices: 'ignore',
    origin: { entityRef: shop, path: '' },
    warnings: [],
    ...change,
  };
}

async function setUp(id: Parameters<typeof databases.init>[0]) {
  const knex = await migratedDatabase(databases, id);
  let now = NOW;
  let pushes = 0;
  const clock = () => new Date(now);
  const slos = new SloService({
    knex,
    logger: mockServices.logger.mock(),
    now: clock,
  });
  const push = async (
    entityRef: string,
    slo: string,
    good: number,
    seconds = 2 * DAY,
  ) => {
    const last = Math.floor(now / 300_000) * 300;
    pushes += 1;
    await slos.push({
      push: {
        idempotencyKey: `${pushes}`,
        samples: Array.from({ length: seconds / HOUR }, (_, index) => ({
          entityRef,
          slo,
          start: iso(last - (index + 1) * HOUR),
          durationSeconds: HOUR,
          good,
          total: 1000,
        })),
      },
      caller: 'user:default/ada',
    });
  };
  return {
    slos,
    push,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    define: (definitions: Record<string, SloDefinition[]>) =>
      slos.syncDefinitions({
        definitionsByEntity: new Map(Object.entries(definitions)),
      }),
    exclusions: new SloExclusions({ knex, slos, now: clock }),
    detail: (slo: string, visible?: Set<string>) =>
      slos.detail({ entityRef: shop, slo, visible }),
  };
}

const journey = definition('journey', {
  members: [
    { slo: 'page', weight: 1 },
    { entityRef: pay, slo: 'charge', weight: 3 },
    { slo: 'search', weight: 1 },
  ],
});

describe.each(databases.eachSupportedId())('composites on %s', id => {
  it('show at once that a member is gone or back, and take no samples', async () => {
    const { define, push, detail, slos } = await setUp(id);
    const all = {
      [shop]: [
        journey,
        // A composite of the composite.
        definition('everything', { members: [{ slo: 'journey', weight: 1 }] }),
        definition('page'),
        definition('search'),
      ],
      [pay]: [definition('charge')],
    };
    await define(all);
    await push(shop, 'page', 1000);
    await push(shop, 'search', 1000);
    await push(pay, 'charge', 900);
    const sli = async (name: string) => (await detail(name)).status.sli;
    // (1 x 1 + 3 x 0.9 + 1 x 1) / 5
    const whole = expect.closeTo(0.94, 10);
    expect([await sli('journey'), await sli('everything')]).toEqual([
      whole,
      whole,
    ]);

    await define({ ...all, [pay]: [] });
    expect([await sli('journey'), await sli('everything')]).toEqual([1, 1]);
    expect((await detail('journey')).members).toContainEqual(
      expect.objectContaining({
        slo: 'charge',
        reason: 'There is no such SLO now.',
      }),
    );
    expect(await slos.evaluate()).toEqual({ evaluated: 0, written: 0 });

    await define(all);
    expect([await sli('journey'), await sli('everything')]).toEqual([
      whole,
      whole,
    ]);

    const sample = {
      entityRef: shop,
      start: iso(end - HOUR),
      durationSeconds: HOUR,
      good: 1,
      total: 2,
    };
    expect(
      await slos.push({
        push: {
          idempotencyKey: 'mixed',
          samples: [
            { ...sample, slo: 'journey' },
            { ...sample, slo: 'page' },
          ],
        },
        caller: 'user:default/ada',
      }),
    ).toEqual({
      accepted: 1,
      replayed: false,
      rejected: [
        {
          index: 0,
          message:
            'journey is a composite and has no samples of its own; push samples to the SLOs it is made of',
        },
      ],
    });
  });

  it('are the weighted mean of the members that have data', async () => {
    const { define, push, detail, slos } = await setUp(id);
    await define({
      [shop]: [
        journey,
        definition('page'),
        definition('search', {
          budgetingMethod: 'Timeslices',
          timeSliceTarget: 0.99,
          timeSliceSeconds: 2 * HOUR,
        }),
      ],
      [pay]: [definition('charge')],
    });
    await push(shop, 'page', 1000);
    await push(pay, 'charge', 960);

    // The status follows its members at once: (1 x 1 + 3 x 0.96) / 4.
    const first = await detail('journey');
    expect(first.status).toMatchObject({
      sli: expect.closeTo(0.97, 10),
      budget: { consumed: expect.closeTo(0.3, 9) },
      coverage: expect.closeTo(0.8, 10),
      reason: expect.stringContaining(
        '1 of 3 members is left out for want of data',
      ),
    });
    expect(first.status.good).toBeUndefined();
    expect(first.status.burnRates.map(rate => rate.burnRate)).toEqual(
      first.status.burnRates.map(() => expect.closeTo(0.3, 9)),
    );
    expect(first.members).toEqual([
      expect.objectContaining({ slo: 'page', share: 0.25, sli: 1, lost: 0 }),
      expect.objectContaining({
        entityRef: pay,
        slo: 'charge',
        title: 'The charge',
        share: 0.75,
        lost: expect.closeTo(0.03, 10),
      }),
      expect.objectContaining({
        slo: 'search',
        reason: 'It has no data in the window.',
      }),
    ]);
    // Whoever may not see a component learns that there is one, and no more.
    expect(await detail('journey', new Set([shop]))).toMatchObject({
      members: [{ slo: 'page' }, { slo: 'search' }],
      hiddenMembers: 1,
    });

    // All slices of the third are bad: (1 + 3 x 0.96 + 0) / 5.
    await push(shop, 'search', 900);
    const all = await detail('journey');
    expect(all.status.sli).toBeCloseTo(0.776, 10);
    expect(all.status.coverage).toBe(1);

    const history = await slos.history({ entityRef: shop, slo: 'journey' });
    const line = burnDown({
      ...history,
      objective: 0.9,
      window: all.status.window,
      now: new Date(NOW),
    });
    expect(line[line.length - 1].remaining).toBeCloseTo(
      all.status.budget!.remaining,
      6,
    );
    expect(all.status.sparkline?.at(-1)).toBeCloseTo(
      all.status.budget!.remaining,
      3,
    );
  });

  it('leave out what is excluded, stale, gone, or a part of itself', async () => {
    const { define, push, pass, detail, exclusions } = await setUp(id);
    const definitions = {
      [shop]: [
        definition('round', {
          members: [
            { slo: 'round', weight: 1 },
            { slo: 'nested', weight: 1 },
            { slo: 'nowhere', weight: 1 },
          ],
        }),
        definition('nested', {
          members: [
            { slo: 'page', weight: 1 },
            { slo: 'search', weight: 1 },
            { slo: 'round', weight: 1 },
          ],
        }),
        definition('page'),
        definition('search'),
      ],
    };
    await define(definitions);
    await push(shop, 'page', 800);
    await push(shop, 'search', 1000);
    const round = await detail('round');
    expect(round.status.sli).toBeCloseTo(0.9, 10);
    expect(round.members?.map(({ reason }) => reason)).toEqual([
      'The composite would be a part of itself.',
      undefined,
      'There is no such SLO now.',
    ]);

    await exclusions.add({
      entityRef: shop,
      slo: 'page',
      request: {
        reason: 'Being rebuilt',
        from: iso(end - 3 * DAY),
        to: iso(end + 3 * DAY),
      },
      caller: 'user:default/ada',
    });
    const nested = await detail('nested');
    expect(nested.status.sli).toBe(1);
    expect(nested.members?.[0].reason).toBe('All of its time is excluded.');

    // One that goes silent is left out; the others go on.
    await exclusions.end({
      entityRef: shop,
      slo: 'page',
      id: (await exclusions.list({ entityRef: shop, slo: 'page' }))[0].id,
      reason: 'It was not',
      scope: 'all',
      caller: 'user:default/ada',
    });
    expect((await detail('nested')).status.sli).toBeCloseTo(0.9, 10);
    pass(3 * HOUR);
    await push(shop, 'search', 1000, 3 * HOUR);
    const after = await detail('nested');
    expect(after.status.sli).toBe(1);
    expect(after.members?.[0].reason).toBe('Its data is too old.');
  });
});
