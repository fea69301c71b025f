import {
  evaluateComposite,
  compositeRanges,
  evaluateSlo,
  excludedBuckets,
  sloWindows,
  sumRange,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliBucket,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';

const NOW = Date.parse('2026-11-21T08:02:00Z');
const END = Math.floor(NOW / 300_000) * 300;
const DAY = 86_400;
const entityRef = 'component:default/checkout';

const definitions = fc.constantFrom<Partial<SloDefinition>>(
  { budgetingMethod: 'Occurrences' },
  {
    budgetingMethod: 'Timeslices',
    timeSliceTarget: 0.95,
    timeSliceSeconds: 900,
  },
  { budgetingMethod: 'RatioTimeslices', timeSliceSeconds: 3600 },
);

function definitionOf(change: Partial<SloDefinition> = {}): SloDefinition {
  return {
    name: 'availability',
    title: 'Availability',
    objective: 0.99,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '1d', durationSeconds: DAY },
    noDataSlices: 'ignore',
    origin: { entityRef, path: '' },
    warnings: [],
    ...change,
  };
}

// Whole events, so that sums are exact in any order.
const someBuckets: fc.Arbitrary<SliBucket[]> = fc
  .uniqueArray(
    fc.record({
      index: fc.integer({ min: 1, max: 288 }),
      total: fc.integer({ min: 0, max: 1000 }),
      bad: fc.integer({ min: 0, max: 1000 }),
    }),
    { selector: ({ index }) => index, maxLength: 60 },
  )
  .map(drawn =>
    drawn.map(({ index, total, bad }) => ({
      start: END - index * 300,
      seconds: 300,
      total,
      good: Math.max(0, total - bad),
    })),
  );

function evaluate(
  definition: SloDefinition,
  buckets: readonly SliBucket[],
  excluded?: Array<{ start: number; end: number }>,
) {
  return evaluateSlo({
    definition,
    buckets,
    now: new Date(NOW),
    entityRef,
    excluded,
  });
}

const stretches = fc
  .array(
    fc.record({
      start: fc.integer({ min: END - 2 * DAY, max: END }),
      length: fc.integer({ min: 1, max: DAY / 2 }),
    }),
    { maxLength: 5 },
  )
  .map(drawn =>
    excludedBuckets(
      drawn.map(({ start, length }) => ({ start, end: start + length })),
    ),
  );

// Fractions add up to the same but for the last digits.
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, entry) =>
      typeof entry === 'number' ? Number(entry.toPrecision(9)) : entry,
    ),
  );
}

describe('laws of SLOs', () => {
  it('the order in which buckets come does not matter', () => {
    fc.assert(
      fc.property(
        definitions,
        someBuckets,
        fc.integer(),
        (kind, buckets, by) => {
          const turn = buckets.length ? Math.abs(by) % buckets.length : 0;
          const turned = [...buckets.slice(turn), ...buckets.slice(0, turn)];
          expect(
            rounded(evaluate(definitionOf(kind), turned.reverse())),
          ).toEqual(rounded(evaluate(definitionOf(kind), buckets)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a window that is cut in two adds up to the whole', () => {
    fc.assert(
      fc.property(
        definitions,
        someBuckets,
        fc.integer({ min: 0, max: 24 }),
        (kind, buckets, hours) => {
          const definition = definitionOf(kind);
          const hour = Math.floor((END - DAY) / 3600) * 3600;
          const cut = hour + hours * 3600;
          const sum = (start: number, end: number) =>
            sumRange({ definition, range: { start, end }, buckets });
          const whole = sum(hour, hour + DAY);
          const parts = [sum(hour, cut), sum(cut, hour + DAY)];
          expect(parts[0].good + parts[1].good).toBe(whole.good);
          expect(parts[0].total + parts[1].total).toBe(whole.total);
          expect(
            (parts[0].slices?.bad ?? 0) + (parts[1].slices?.bad ?? 0),
          ).toBeCloseTo(whole.slices?.bad ?? 0, 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('what is excluded changes as if it had never been counted', () => {
    fc.assert(
      fc.property(
        definitions,
        someBuckets,
        stretches,
        (kind, buckets, gone) => {
          const definition = definitionOf(kind);
          const outside = buckets.filter(
            ({ start }) =>
              !gone.some(each => each.start < start + 300 && each.end > start),
          );
          const { lastDataAt: a, ...status } = evaluate(
            definition,
            [
              ...outside,
              // The data ends at the same time in both.
              { start: END, seconds: 300, good: 0, total: 0 },
            ],
            gone,
          );
          const { lastDataAt: b, ...all } = evaluate(
            definition,
            [...buckets, { start: END, seconds: 300, good: 0, total: 0 }],
            gone,
          );
          expect(all).toEqual(status);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('excluding nothing changes nothing, excluding everything leaves no data', () => {
    fc.assert(
      fc.property(definitions, someBuckets, (kind, buckets) => {
        const definition = definitionOf(kind);
        expect(evaluate(definition, buckets, [])).toEqual(
          evaluate(definition, buckets),
        );
        const none = evaluate(definition, buckets, [
          { start: END - 40 * DAY, end: END + DAY },
        ]);
        expect(none).toMatchObject({
          state: 'no-data',
          reason: 'The whole window is excluded.',
          coverage: 0,
        });
        expect(none.sli).toBeUndefined();
        expect(none.budget).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('a composite of one member, or of the same one twice, has its SLI', () => {
    fc.assert(
      fc.property(
        definitions,
        someBuckets,
        fc.integer({ min: 1, max: 100 }),
        (kind, buckets, weight) => {
          const member = definitionOf(kind);
          const definition = definitionOf();
          const lastDataEnd = END;
          const now = new Date(NOW);
          const windows = sloWindows({ definition, now, lastDataEnd });
          const ranges = compositeRanges({ member, windows });
          const part = {
            entityRef,
            slo: member.name,
            title: member.title,
            definition: member,
            ranges,
            sums: ranges.map(range =>
              sumRange({ definition: member, range, buckets }),
            ),
            excluded: [],
          };
          const own = part.sums[0];
          const units = own.slices ? own.slices.count : own.total;
          const bad = own.slices ? own.slices.bad : own.total - own.good;
          const sli = (members: number[]) =>
            evaluateComposite({
              definition,
              windows,
              members: members.map(each => ({ ...part, weight: each })),
              now,
              entityRef,
              lastDataEnd,
            }).status.sli;
          // To nine digits: a weighted mean of one number may round.
          const digits = (value?: number) =>
            value === undefined ? 'none' : value.toFixed(9);
          const expected = digits(units > 0 ? 1 - bad / units : undefined);
          expect([sli([weight]), sli([weight, 3])].map(digits)).toEqual([
            expected,
            expected,
          ]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('remaining budget of a rolling window does not depend on the zone of the clock', () => {
    fc.assert(
      fc.property(
        definitions,
        someBuckets,
        fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/St_Johns'),
        (kind, buckets, zone) => {
          const before = process.env.TZ;
          const expected = evaluate(definitionOf(kind), buckets);
          try {
            process.env.TZ = zone;
            expect(evaluate(definitionOf(kind), buckets)).toEqual(expected);
          } finally {
            process.env.TZ = before;
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
