import fc from 'fast-check';
import { checkSample } from './checkSample';

const now = new Date('2026-11-21T08:02:00Z');
const sample = {
  entityRef: 'component:default/checkout',
  slo: 'availability',
  start: '2026-11-21T07:55:00Z',
  durationSeconds: 300,
  good: 99,
  total: 100,
};
const check = (change: object) =>
  checkSample({ sample: { ...sample, ...change }, now });

describe('checkSample', () => {
  it.each([
    [{ durationSeconds: 60 }, /durationSeconds must be a multiple of 300/],
    [{ durationSeconds: 0 }, /durationSeconds must be a multiple of 300/],
    [{ durationSeconds: -300 }, /durationSeconds must be/],
    [{ durationSeconds: 3900 }, /to 3600, got 3900/],
    [{ durationSeconds: NaN }, /durationSeconds must be/],
    [{ start: 'yesterday' }, /start must be a moment as ISO 8601 with a zone/],
    [{ start: '2026-11-21T07:55:00' }, /with a zone/],
    [{ start: '2026-13-41T07:55:00Z' }, /start must be a moment/],
    [{ start: '2026-11-21T07:56:00Z' }, /full 5 minutes/],
    [{ start: '2026-11-21T08:10:00Z' }, /ends in the future/],
    [{ start: '2026-11-21T08:00:00Z', durationSeconds: 900 }, /in the future/],
    [{ start: '2025-10-01T00:00:00Z' }, /older than 400 days/],
    [{ good: -1 }, /good must be a number from 0/],
    [{ total: Infinity }, /total must be a number from 0/],
    [{ total: 1e300, good: 1 }, /total must be a number from 0 to/],
    [{ good: NaN }, /good must be a number/],
    [{ good: 101 }, /good must be at most total, got 101 of 100/],
  ])('rejects %j', (change, message) => {
    expect(check(change)).toEqual({ message: expect.stringMatching(message) });
  });

  it.each([
    // The running bucket, and one clock skew beyond it.
    { start: '2026-11-21T08:00:00Z' },
    { start: '2026-11-21T08:00:00Z', durationSeconds: 600 },
    { start: '2026-11-21T09:55:00+02:00' },
    { good: 0, total: 0 },
    { good: 0.5, total: 0.5 },
    { start: '2026-11-20T08:00:00Z', durationSeconds: 3600 },
  ])('accepts %j', change => {
    expect(check(change)).toHaveProperty('buckets');
  });

  it('cuts a sample into buckets that add up to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(1e9),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (parts, total, share) => {
          const result = check({
            start: '2026-11-20T00:00:00Z',
            durationSeconds: parts * 300,
            total,
            good: total * share,
          });
          const { buckets } = result as Extract<
            typeof result,
            { buckets: unknown }
          >;
          const sum = (key: 'good' | 'total' | 'seconds') =>
            buckets.reduce((whole, bucket) => whole + bucket[key], 0);
          expect(sum('seconds')).toBe(parts * 300);
          expect(sum('total')).toBeCloseTo(total, 3);
          expect(sum('good')).toBeCloseTo(total * share, 3);
          expect(buckets.every(({ good, total: all }) => good <= all)).toBe(
            true,
          );
        },
      ),
    );
  });
});
