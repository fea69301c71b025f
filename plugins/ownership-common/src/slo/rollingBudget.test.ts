import { describeSloChange } from './describeSloChange';
import { rollingBudget } from './rollingBudget';
import type { SloDefinition } from './types';

const hour = 3600;
const start = Date.parse('2026-11-01T00:00:00Z');

function steps(bad: Array<number | undefined>) {
  return bad.map((count, index) => ({
    start: new Date(start + index * hour * 1000).toISOString(),
    good: count === undefined ? 0 : 100 - count,
    total: count === undefined ? 0 : 100,
    coverage: count === undefined ? 0 : 1,
  }));
}

describe('rollingBudget', () => {
  const line = (options: {
    bad: Array<number | undefined>;
    fromHour?: number;
  }) =>
    rollingBudget({
      points: steps(options.bad),
      stepSeconds: hour,
      windowSeconds: 2 * hour,
      objective: 0.9,
      from: start + (options.fromHour ?? 0) * hour * 1000,
      now: new Date(start + 100 * hour * 1000),
    }).map(({ remaining }) =>
      remaining === undefined ? undefined : Math.round(remaining * 100) / 100,
    );

  it.each([
    // The objective allows 10 in 100: over two hours 20.
    ['nothing bad', { bad: [0, 0, 0] }, [1, 1, 1]],
    ['recovers as what was bad leaves', { bad: [0, 20, 0, 0] }, [1, 0, 0, 1]],
    ['overspent', { bad: [0, 60, 60, 0] }, [1, -2, -5, -2]],
    ['a gap', { bad: [0, undefined, 5] }, [1, undefined, 0.5]],
    ['only what is asked for', { bad: [20, 0, 0], fromHour: 2 }, [0, 1]],
  ])('%s', (_, options, expected) => {
    expect(line(options)).toEqual(expected);
  });

  it('ends with the present moment, counted in slices where the budget is', () => {
    const now = new Date(start + 0.5 * hour * 1000);
    expect(
      rollingBudget({
        points: [{ ...steps([50])[0], slices: { count: 10, bad: 0.5 } }],
        stepSeconds: hour,
        windowSeconds: 24 * hour,
        objective: 0.9,
        from: start,
        now,
      }),
    ).toEqual([{ at: now.getTime(), remaining: 0.5 }]);
  });
});

describe('describeSloChange', () => {
  const before: SloDefinition = {
    name: 'availability',
    title: 'Availability',
    objective: 0.999,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '28d', durationSeconds: 28 * 86_400 },
    noDataSlices: 'ignore',
    indicator: { good: 'sum(good)', total: 'sum(total)' },
    origin: { entityRef: 'component:default/a', path: 'slos[0]' },
    warnings: [],
  };

  it.each<[Partial<SloDefinition>, string | undefined]>([
    [{ objective: 0.995 }, 'Objective 99.9 % → 99.5 %'],
    [
      {
        objective: 0.99,
        window: {
          type: 'rolling',
          duration: '7d',
          durationSeconds: 7 * 86_400,
        },
      },
      'Objective 99.9 % → 99 %, window 28d rolling → 7d rolling',
    ],
    [
      { budgetingMethod: 'Timeslices', timeSliceTarget: 0.9 },
      'Budgeting method Occurrences → Timeslices, other slices',
    ],
    [{ indicator: { good: 'sum(ok)', total: 'sum(total)' } }, 'Other queries'],
    [{ alerts: [] }, 'Other alerts'],
    [{ title: 'Another', description: 'Words', warnings: ['op'] }, undefined],
  ])('%j', (change, words) => {
    expect(describeSloChange({ before, after: { ...before, ...change } })).toBe(
      words,
    );
  });
});
