import { shareTicks } from './shareTicks';
import { timeTicks } from './timeTicks';

describe('shareTicks', () => {
  it.each([
    [0, 1, [0, 0.25, 0.5, 0.75, 1]],
    [-0.35, 1, [-0.5, 0, 0.5, 1]],
    [0.46, 0.56, [0.45, 0.475, 0.5, 0.525, 0.55, 0.575]],
    [0, 0.00047, [0, 0.0002, 0.0004, 0.0006]],
    [-30, 1, [-30, -20, -10, 0, 10]],
  ])('from %d to %d', (low, high, ticks) => {
    expect(shareTicks({ low, high })).toEqual(ticks);
  });
});

describe('timeTicks', () => {
  const local = (text: string) => new Date(text).getTime();

  it.each([
    [
      '2026-11-21T07:37:00',
      '2026-11-21T08:35:00',
      [
        '2026-11-21T07:45:00',
        '2026-11-21T08:00:00',
        '2026-11-21T08:15:00',
        '2026-11-21T08:30:00',
      ],
    ],
    [
      '2026-11-20T08:35:00',
      '2026-11-21T08:35:00',
      [
        '2026-11-20T12:00:00',
        '2026-11-20T18:00:00',
        '2026-11-21T00:00:00',
        '2026-11-21T06:00:00',
      ],
    ],
  ])('are round local times from %s to %s', (from, to, ticks) => {
    expect(timeTicks({ from: local(from), to: local(to), count: 5 })).toEqual(
      ticks.map(local),
    );
  });

  it('are few however long the range, and none where there is none', () => {
    const from = local('2020-01-01T00:00:00');
    const to = local('2026-11-21T00:00:00');
    expect(timeTicks({ from, to, count: 5 }).length).toBeLessThanOrEqual(5);
    expect(timeTicks({ from, to: from, count: 5 })).toEqual([]);
  });
});
