import fc from 'fast-check';
import { applicablePolicyActions } from './applicablePolicyActions';
import { defaultAlerts } from './defaultAlerts';
import { errorBudget, maxBurnRate } from './errorBudget';
import { bucketSpans } from './sloWindows';
import { windowBounds } from './windowBounds';
import type { SloWindow } from './types';

const DAY = 86_400;

describe('errorBudget', () => {
  it.each([
    // T, B = 1 - T, greatest burn rate 1 / B
    [0.9, 0.1, 10],
    [0.95, 0.05, 20],
    [0.99, 0.01, 100],
    [0.999, 0.001, 1000],
    [0.9999, 0.0001, 10_000],
  ])('objective %d leaves %d', (objective, budget, burn) => {
    expect(errorBudget(objective)).toBe(budget);
    expect(maxBurnRate(objective)).toBe(burn);
  });
});

describe('defaultAlerts', () => {
  // Google SRE workbook, chapter 5, table 5-8, for 30 days; scaled beside it.
  it.each([
    [30 * DAY, [14.4, 6, 3, 1]],
    [28 * DAY, [13.44, 5.6, 2.8, 14 / 15]],
    [7 * DAY, [3.36, 1.4, 0.7, 7 / 30]],
    [2 * DAY, [0.96, 0.4, 0.2]],
    [DAY, [0.48, 0.2, 0.1]],
    [365 * DAY, [175.2, 73, 36.5, 73 / 6]],
  ])('scales the factors to a window of %d s', (windowSeconds, factors) => {
    const rows = defaultAlerts(windowSeconds);
    expect(rows.map(({ factor }) => factor)).toEqual(
      factors.map(factor => expect.closeTo(factor, 9)),
    );
    expect(
      rows.map(row => [row.severity, row.longSeconds, row.shortSeconds]),
    ).toEqual(
      [
        ['page', 3600, 300],
        ['page', 21_600, 1800],
        ['ticket', DAY, 7200],
        ['ticket', 3 * DAY, 21_600],
      ].slice(0, factors.length),
    );
  });
});

describe('windowBounds', () => {
  const calendar = (
    unit: 'day' | 'week' | 'month' | 'quarter' | 'year',
    count: number,
    startTime: string,
    timeZone: string,
  ): SloWindow => ({
    type: 'calendar',
    duration: `${count}${unit}`,
    unit,
    count,
    startTime: `${startTime}T00:00:00`,
    timeZone,
  });

  it.each([
    // Real months, and New York is five hours behind UTC in winter, four in summer.
    [
      calendar('month', 1, '2026-01-01', 'America/New_York'),
      '2026-11-21T08:00:00Z',
      '2026-11-01T04:00:00Z',
      '2026-12-01T05:00:00Z',
    ],
    [
      calendar('month', 1, '2026-01-01', 'UTC'),
      '2026-02-28T23:59:59Z',
      '2026-02-01T00:00:00Z',
      '2026-03-01T00:00:00Z',
    ],
    // The first moment of a period belongs to it.
    [
      calendar('month', 1, '2026-01-01', 'UTC'),
      '2026-03-01T00:00:00Z',
      '2026-03-01T00:00:00Z',
      '2026-04-01T00:00:00Z',
    ],
    // A period that starts on the 31st ends on the last day there is.
    [
      calendar('month', 1, '2026-01-31', 'UTC'),
      '2026-02-28T12:00:00Z',
      '2026-02-28T00:00:00Z',
      '2026-03-31T00:00:00Z',
    ],
    [
      calendar('quarter', 1, '2025-01-01', 'Europe/Berlin'),
      '2026-11-21T08:00:00Z',
      '2026-09-30T22:00:00Z',
      '2026-12-31T23:00:00Z',
    ],
    [
      calendar('year', 1, '2020-04-01', 'Asia/Kolkata'),
      '2026-11-21T08:00:00Z',
      '2026-03-31T18:30:00Z',
      '2027-03-31T18:30:00Z',
    ],
    [
      calendar('week', 2, '2026-11-02', 'UTC'),
      '2026-11-21T08:00:00Z',
      '2026-11-16T00:00:00Z',
      '2026-11-30T00:00:00Z',
    ],
    // Before the first period as well.
    [
      calendar('month', 1, '2027-01-01', 'UTC'),
      '2026-11-21T08:00:00Z',
      '2026-11-01T00:00:00Z',
      '2026-12-01T00:00:00Z',
    ],
    // The day the clock goes forward in Berlin has 23 hours.
    [
      calendar('day', 1, '2026-01-01', 'Europe/Berlin'),
      '2026-03-29T12:00:00Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ],
    [
      { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY } as const,
      '2026-11-21T08:03:00Z',
      '2026-10-24T08:03:00Z',
      '2026-11-21T08:03:00Z',
    ],
  ])('%j at %s', (window, now, start, end) => {
    const bounds = windowBounds({ window, now: new Date(now) });
    expect(new Date(bounds.start * 1000)).toEqual(new Date(start));
    expect(new Date(bounds.end * 1000)).toEqual(new Date(end));
  });

  it('has every moment in exactly one period, and periods that meet', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Auckland'),
        fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }),
        (unit, count, zone, seconds) => {
          const window = calendar(unit as 'day', count, '2024-01-31', zone);
          const at = (moment: number) =>
            windowBounds({ window, now: new Date(moment * 1000) });
          const { start, end } = at(seconds);
          expect(start).toBeLessThanOrEqual(seconds);
          expect(end).toBeGreaterThan(seconds);
          expect(at(end).start).toBe(end);
          expect(at(start - 1).end).toBe(start);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('bucketSpans', () => {
  it('covers a range without gap or overlap, in full hours where it can', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (from, length) => {
        const start = from * 300;
        const end = start + length * 300;
        const spans = bucketSpans({ start, end });
        let at = start;
        for (const span of spans) {
          expect(span.start).toBe(at);
          expect(span.start % span.seconds).toBe(0);
          expect(span.end % span.seconds).toBe(0);
          at = span.end;
        }
        expect(at).toBe(end);
        // At most eleven 5-minute buckets at either end.
        const fine = spans
          .filter(({ seconds }) => seconds === 300)
          .reduce((sum, span) => sum + (span.end - span.start) / 300, 0);
        expect(fine).toBeLessThanOrEqual(22);
      }),
    );
  });
});

describe('applicablePolicyActions', () => {
  const policy = [
    { when: { remainingBelow: 0.5 }, action: 'review' },
    {
      when: { remainingBelow: 0 },
      action: 'freeze',
      description: 'Only fixes',
    },
  ];

  it.each([
    [0.5, []],
    [0.49, ['review']],
    [0, ['freeze', 'review']],
    [-2, ['freeze', 'review']],
    [undefined, []],
  ])('at a remaining budget of %s: %j', (remaining, actions) => {
    const budget =
      remaining === undefined
        ? undefined
        : {
            remaining,
            consumed: 1 - remaining,
            remainingEvents: 0,
            remainingSeconds: 0,
            estimated: false,
          };
    expect(
      applicablePolicyActions({ policy, status: { budget } }).map(
        ({ action }) => action,
      ),
    ).toEqual(actions);
  });
});
