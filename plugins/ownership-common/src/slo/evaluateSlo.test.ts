import fc from 'fast-check';
import { burnDown } from './burnDown';
import { evaluateSlo } from './evaluateSlo';
import { evaluateSums } from './evaluateSums';
import { bucketSpans, sloWindows } from './sloWindows';
import { sumRange } from './sumBuckets';
import type { SliBucket, SloDefinition } from './types';

const now = new Date('2026-11-21T08:00:00Z');
const clock = now.getTime() / 1000;
const DAY = 86_400;

const definition: SloDefinition = {
  name: 'availability',
  title: 'Availability',
  objective: 0.99,
  budgetingMethod: 'Occurrences',
  window: { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY },
  noDataSlices: 'ignore',
  origin: { entityRef: 'component:default/checkout', path: 'slos[0]' },
  warnings: [],
};

/** One hourly bucket after the other up to now, `hours` of them. */
function hourly(
  hours: number,
  at: (hoursAgo: number) => { good: number; total: number },
): SliBucket[] {
  return Array.from({ length: hours }, (_, index) => ({
    start: clock - (index + 1) * 3600,
    seconds: 3600,
    ...at(index + 1),
  }));
}

function fine(
  count: number,
  at: (index: number) => { good: number; total: number },
): SliBucket[] {
  return Array.from({ length: count }, (_, index) => ({
    start: clock - (index + 1) * 300,
    seconds: 300,
    ...at(index),
  }));
}

function evaluate(
  buckets: SliBucket[],
  change: Partial<SloDefinition> = {},
  rest: Partial<Parameters<typeof evaluateSlo>[0]> = {},
) {
  return evaluateSlo({
    definition: { ...definition, ...change },
    buckets,
    now,
    entityRef: 'component:default/checkout',
    ...rest,
  });
}

describe('evaluateSlo: Occurrences', () => {
  // T = 99 %, 672 hours of 100 events: 67,200 events may contain 672 bad ones.
  it.each([
    // bad per hour, state, SLI, consumed, remaining events
    [0, 'met', 1, 0, 672],
    [0.5, 'met', 0.995, 0.5, 336],
    [0.8, 'at-risk', 0.992, 0.8, 134.4],
    [1, 'at-risk', 0.99, 1, 0],
    [2, 'breached', 0.98, 2, -672],
  ])(
    '%d bad of 100: %s, SLI %d, consumed %d',
    (bad, state, sli, consumed, remainingEvents) => {
      const status = evaluate(
        hourly(672, () => ({ good: 100 - bad, total: 100 })),
      );
      expect(status).toMatchObject({
        state,
        sli: expect.closeTo(sli, 9),
        total: 67_200,
        coverage: 1,
        budget: {
          consumed: expect.closeTo(consumed, 9),
          remaining: expect.closeTo(1 - consumed, 9),
          remainingEvents: expect.closeTo(remainingEvents, 6),
          remainingSeconds: expect.closeTo((1 - consumed) * 0.01 * 28 * DAY, 3),
          estimated: false,
        },
        window: {
          start: '2026-10-24T08:00:00.000Z',
          end: '2026-11-21T08:00:00.000Z',
        },
        lastDataAt: '2026-11-21T08:00:00.000Z',
      });
    },
  );

  it('fires where both windows burn too fast, and keeps since when', () => {
    // Half of the events of the last two hours are bad: burn rate 50.
    const buckets = fine(288 * 3, index => ({
      good: index < 24 ? 50 : 100,
      total: 100,
    }));
    const status = evaluate(buckets, {
      window: { type: 'rolling', duration: '3d', durationSeconds: 3 * DAY },
    });
    const firstHour = status.alerts[0];
    expect(firstHour).toMatchObject({
      severity: 'page',
      longSeconds: 3600,
      reachable: true,
      firing: true,
      since: now.toISOString(),
    });
    expect(status.burnRates[0]).toEqual({
      windowSeconds: 300,
      errorRate: 0.5,
      burnRate: expect.closeTo(50, 9),
      coverage: 1,
    });
    expect(status.state).toBe('breached');
    expect(status.exhaustionSeconds).toBe(0);

    const later = evaluate(buckets, {}, { previous: status });
    expect(later.alerts[0].since).toBe(status.alerts[0].since);
  });

  it('does not fire once the short window is calm again', () => {
    const status = evaluate(
      fine(288, index => ({ good: index < 2 ? 100 : 50, total: 100 })),
    );
    expect(status.alerts[0]).toMatchObject({
      longSeconds: 3600,
      firing: false,
    });
    expect(status.alerts[0].since).toBeUndefined();
  });

  it('knows the usual burn rates of an SLO with alerts of its own, or none', () => {
    const usual = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200];
    const windows = (alerts: SloDefinition['alerts']) =>
      evaluate([], { alerts }).burnRates.map(rate => rate.windowSeconds);
    expect(windows([])).toEqual(usual);
    expect(
      windows([
        { severity: 'page', longSeconds: 10_800, shortSeconds: 900, factor: 9 },
      ]),
    ).toEqual([...usual, 900, 10_800].sort((a, b) => a - b));
  });

  it('says which alerts can never fire', () => {
    // The greatest burn rate at 90 % is 10, below 13.44.
    const { alerts } = evaluate([], { objective: 0.9 });
    expect(alerts.map(({ reachable }) => reachable)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it.each([
    // remaining x W / burn rate: half the budget left at burn rate 0.5 lasts 28 days
    [0.5, 28 * DAY],
    [0.25, (0.75 * 28 * DAY) / 0.25],
    [0, undefined],
    [1.5, 0],
  ])('lasts, at burn rate %d: %s s', (burn, seconds) => {
    const { exhaustionSeconds } = evaluate(
      hourly(672, () => ({ good: 100 - burn, total: 100 })),
    );
    expect(
      exhaustionSeconds === undefined
        ? undefined
        : Math.round(exhaustionSeconds),
    ).toBe(seconds);
  });
});

describe('evaluateSlo: no data is a state', () => {
  it('knows nothing without a bucket', () => {
    const status = evaluate([]);
    expect(status).toMatchObject({
      state: 'no-data',
      reason: 'No sample was ever received.',
      coverage: 0,
    });
    expect(status).not.toHaveProperty('sli');
    expect(status).not.toHaveProperty('budget');
    expect(status).not.toHaveProperty('total');
    expect(status.burnRates[0]).toEqual({ windowSeconds: 300, coverage: 0 });
    expect(status.alerts.some(({ firing }) => firing)).toBe(false);
  });

  it('keeps the last figures of an SLO whose data ended', () => {
    const buckets = hourly(672, () => ({ good: 99.5, total: 100 }));
    const before = evaluate(buckets);
    const after = evaluate(
      buckets,
      {},
      { now: new Date('2026-11-22T10:00:00Z') },
    );
    expect(after).toEqual({
      ...before,
      state: 'no-data',
      reason: 'No data since 2026-11-21 08:00 UTC.',
      evaluatedAt: '2026-11-22T10:00:00.000Z',
    });
  });

  it('takes late data for what it is until it is stale', () => {
    const buckets = fine(2000, () => ({ good: 100, total: 100 }));
    const status = evaluate(
      buckets,
      { window: { type: 'rolling', duration: '3d', durationSeconds: 3 * DAY } },
      { now: new Date('2026-11-21T09:00:00Z') },
    );
    expect(status.state).toBe('met');
    expect(status.burnRates[0]).toMatchObject({ burnRate: 0, coverage: 1 });
  });

  it.each([
    ['no-traffic', 672, 0, /Not one event/],
    ['partial', 300, 100, /Only 45 % of the window has data/],
    ['met', 336, 100, undefined],
  ])('%s with %d hours of %d events', (state, hours, total, reason) => {
    const status = evaluate(hourly(hours, () => ({ good: total, total })));
    expect(status.state).toBe(state);
    expect(status.reason ?? '').toMatch(reason ?? /^$/);
    expect(status.coverage).toBeCloseTo(hours / 672, 9);
    expect('sli' in status).toBe(total > 0);
  });
});

describe('evaluateSlo: slices', () => {
  const day = {
    type: 'rolling',
    duration: '1d',
    durationSeconds: DAY,
  } as const;
  const sliced = {
    window: day,
    budgetingMethod: 'Timeslices',
    timeSliceTarget: 0.95,
    timeSliceSeconds: 300,
  } as const;
  // 288 slices; four of them at 90 %, one exactly at the slice target.
  const buckets = fine(288, index => {
    const good = { 100: 95, 101: 90, 102: 90, 103: 90, 104: 90 }[index] ?? 100;
    return { good, total: 100 };
  });

  it.each([
    // method, share of bad slices; consumed = bad / (N x B)
    ['Timeslices', 4],
    ['RatioTimeslices', 0.45],
  ] as const)('%s: %d bad of 288', (budgetingMethod, bad) => {
    const status = evaluate(buckets, { ...sliced, budgetingMethod });
    expect(status.sli).toBeCloseTo(1 - bad / 288, 9);
    expect(status.budget?.consumed).toBeCloseTo(bad / (288 * 0.01), 9);
    expect(status.budget?.remainingEvents).toBeCloseTo(2.88 - bad, 9);
    expect(status.total).toBe(28_800);
  });

  it.each([
    // 200 slices with data, one of them bad, 88 without.
    ['ignore', 1 / (200 * 0.01)],
    ['good', 1 / (288 * 0.01)],
    ['bad', 89 / (288 * 0.01)],
  ] as const)('slices without data: %s', (noDataSlices, consumed) => {
    const status = evaluate(
      fine(200, index => ({ good: index === 7 ? 0 : 10, total: 10 })),
      { ...sliced, noDataSlices },
    );
    expect(status.budget?.consumed).toBeCloseTo(consumed, 9);
  });

  it('counts whole slices only', () => {
    const half = new Date('2026-11-21T08:30:00Z');
    const status = evaluateSlo({
      definition: { ...definition, ...sliced, timeSliceSeconds: 3600 },
      buckets: Array.from({ length: 25 * 12 }, (_, index) => ({
        start: half.getTime() / 1000 - (index + 1) * 300,
        seconds: 300,
        good: index < 6 ? 0 : 1,
        total: 1,
      })),
      now: half,
      entityRef: 'component:default/checkout',
    });
    // The hour that is half over is bad so far and does not count yet.
    expect(status.sli).toBe(1);
  });
});

describe('evaluateSlo: calendar windows', () => {
  const month = {
    type: 'calendar',
    duration: '1M',
    unit: 'month',
    count: 1,
    startTime: '2026-01-01T00:00:00',
    timeZone: 'UTC',
  } as const;
  const hours = 20 * 24 + 8;

  it('takes events to date and says that it is an estimate', () => {
    const status = evaluate(
      hourly(672, () => ({ good: 99.5, total: 100 })),
      { window: month },
    );
    expect(status).toMatchObject({
      total: hours * 100,
      coverage: 1,
      budget: { consumed: expect.closeTo(0.5, 9), estimated: true },
      window: {
        type: 'calendar',
        start: '2026-11-01T00:00:00.000Z',
        end: '2026-12-01T00:00:00.000Z',
      },
    });
    // At this rate it lasts longer than the month does.
    expect(status.exhaustionSeconds).toBeUndefined();
  });

  it('knows the number of slices of the whole period', () => {
    const status = evaluate(
      hourly(672, ago => ({ good: ago <= 2 ? 0 : 1, total: 1 })),
      {
        window: month,
        budgetingMethod: 'Timeslices',
        timeSliceTarget: 0.9,
        timeSliceSeconds: 3600,
      },
    );
    expect(status.budget).toMatchObject({
      consumed: expect.closeTo(2 / (720 * 0.01), 9),
      estimated: false,
    });
  });

  it('starts a new period without the old figures', () => {
    const status = evaluateSlo({
      definition: { ...definition, window: month },
      buckets: [
        {
          start: Date.parse('2026-11-30T23:55:00Z') / 1000,
          seconds: 300,
          good: 0,
          total: 10,
        },
      ],
      now: new Date('2026-12-01T00:04:00Z'),
      entityRef: 'component:default/checkout',
    });
    expect(status.state).toBe('no-data');
    expect(status.budget).toBeUndefined();
    expect(status.window.start).toBe('2026-12-01T00:00:00.000Z');
  });
});

describe('laws', () => {
  const counts = fc
    .tuple(fc.nat(1000), fc.nat(1000))
    .map(([a, b]) => ({ good: Math.min(a, b), total: Math.max(a, b) }));
  const history = fc.array(fc.option(counts), {
    minLength: 1,
    maxLength: 900,
    size: 'max',
  });
  const toBuckets = (items: Array<{ good: number; total: number } | null>) =>
    fine(items.length, index => items[index] ?? { good: 0, total: 0 }).filter(
      (_, index) => items[index] !== null,
    );
  const methods = fc.constantFrom<Partial<SloDefinition>>(
    {},
    {
      budgetingMethod: 'Timeslices',
      timeSliceTarget: 0.5,
      timeSliceSeconds: 900,
    },
    { budgetingMethod: 'RatioTimeslices', timeSliceSeconds: 3600 },
  );

  it('does not depend on the order in which buckets arrive', () => {
    fc.assert(
      fc.property(history, methods, (items, method) => {
        const buckets = toBuckets(items);
        // Whole numbers add up exactly in any order; ratios to the last digits.
        expect(roundDeep(evaluate([...buckets].reverse(), method))).toEqual(
          roundDeep(evaluate(buckets, method)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same from hourly sums as from 5-minute buckets', () => {
    fc.assert(
      fc.property(history, (items: any) => {
        const buckets = toBuckets(items);
        const hours = new Map<number, SliBucket & { covered: number }>();
        for (const bucket of buckets) {
          const start = Math.floor(bucket.start / 3600) * 3600;
          const hour = hours.get(start) ?? {
            start,
            seconds: 3600,
            good: 0,
            total: 0,
            covered: 0,
          };
          hour.good += bucket.good;
          hour.total += bucket.total;
          hour.covered += 300;
          hours.set(start, hour);
        }
        const lastDataEnd = Math.max(...buckets.map(b => b.start + 300));
        if (buckets.length === 0) {
          return;
        }
        const windows = sloWindows({ definition, now, lastDataEnd });
        const sum = (range: { start: number; end: number }) =>
          bucketSpans(range).reduce(
            (whole, span) => {
              const part =
                span.seconds === 300
                  ? sumRange({ definition, range: span, buckets })
                  : [...hours.values()]
                      .filter(h => h.start >= span.start && h.start < span.end)
                      .reduce(
                        (a, h) => ({
                          good: a.good + h.good,
                          total: a.total + h.total,
                          coveredSeconds: a.coveredSeconds + h.covered,
                        }),
                        { good: 0, total: 0, coveredSeconds: 0 },
                      );
              return {
                good: whole.good + part.good,
                total: whole.total + part.total,
                coveredSeconds: whole.coveredSeconds + part.coveredSeconds,
              };
            },
            { good: 0, total: 0, coveredSeconds: 0 },
          );
        expect(
          evaluateSums({
            definition,
            windows,
            sums: { main: sum(windows.main), burn: windows.burn.map(sum) },
            now,
            entityRef: 'component:default/checkout',
            lastDataEnd,
          }),
        ).toEqual(evaluate(buckets));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps remaining = (SLI - T) / (1 - T) for rolling windows', () => {
    fc.assert(
      fc.property(history, methods, (items, method) => {
        const { sli, budget } = evaluate(toBuckets(items), method);
        expect(budget === undefined).toBe(sli === undefined);
        expect(budget?.remaining ?? 0).toBeCloseTo(
          sli === undefined ? 0 : (sli - 0.99) / 0.01,
          6,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('ends the burn-down where the status stands', () => {
    fc.assert(
      fc.property(history, items => {
        const buckets = toBuckets(items);
        const status = evaluate(buckets);
        const points = burnDown({
          points: [...buckets]
            .sort((a, b) => a.start - b.start)
            .map(({ start, good, total }) => ({
              start: new Date(start * 1000).toISOString(),
              good,
              total,
              coverage: 1,
            })),
          stepSeconds: 300,
          objective: 0.99,
          window: status.window,
          now,
        });
        expect(points[0].remaining).toBe(1);
        expect(points[points.length - 1].remaining).toBeCloseTo(
          status.budget?.remaining ?? 1,
          6,
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('burnDown', () => {
  const hour = (start: string, good: number, total = 100, coverage = 1) => ({
    start: `2026-11-21T${start}:00:00.000Z`,
    good,
    total,
    coverage,
  });

  it('goes down with bad events and leaves a gap where nothing is known', () => {
    const points = burnDown({
      points: [
        hour('00', 100),
        hour('01', 99),
        hour('02', 0, 0, 0),
        hour('03', 95),
      ],
      stepSeconds: 3600,
      objective: 0.99,
      window: {
        start: '2026-11-21T00:00:00.000Z',
        end: '2026-11-21T04:00:00.000Z',
      },
      now,
    });
    // 300 events may contain 3 bad ones.
    expect(points.map(({ remaining }) => remaining)).toEqual([
      1,
      1,
      expect.closeTo(1 - 1 / 3, 9),
      undefined,
      expect.closeTo(1 - 6 / 3, 9),
    ]);
    expect(points.map(({ ideal }) => ideal)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  });
});

function roundDeep(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, entry) =>
      typeof entry === 'number' ? Number(entry.toPrecision(9)) : entry,
    ),
  );
}
