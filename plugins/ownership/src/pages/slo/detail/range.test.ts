import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { rangeOf, rangeQueries, rangesOf } from './range';

const DAY = 86_400_000;
const end = Date.parse('2026-11-21T08:25:00Z');

function status(days: number, type: 'rolling' | 'calendar' = 'rolling') {
  return {
    window: {
      type,
      duration: `${days}d`,
      start: new Date(end - days * DAY).toISOString(),
      end: new Date(end).toISOString(),
    },
    evaluatedAt: new Date(end).toISOString(),
  } as SloStatus;
}

describe('rangesOf', () => {
  it.each([
    [1, ['hour', 'sixHours', 'window', 'week', 'days90']],
    [7, ['hour', 'sixHours', 'day', 'window', 'days90']],
    [90, ['hour', 'sixHours', 'day', 'week', 'window']],
    [365, ['hour', 'sixHours', 'day', 'week', 'days90', 'window']],
  ])('of a window of %d days', (days, ranges) => {
    expect(rangesOf(status(days))).toEqual(ranges);
  });

  it('is the window where an address asks for what there is not', () => {
    expect(rangeOf('week', status(7))).toBe('window');
    expect(rangeOf('century', status(28))).toBe('window');
  });
});

describe('rangeQueries', () => {
  it('asks for a part of the window from a whole hour, and for what was before', () => {
    expect(rangeQueries('hour', status(28))).toEqual({
      from: end - 3_600_000,
      to: end,
      budget: 'burn-down',
      shown: {
        from: '2026-11-21T07:00:00.000Z',
        to: '2026-11-21T08:25:00.000Z',
        step: 300,
      },
      before: {
        from: '2026-10-24T08:25:00.000Z',
        to: '2026-11-21T07:00:00.000Z',
        step: 604_800,
      },
    });
  });

  it('asks for 90 days of a rolling window with a window more', () => {
    const queries = rangeQueries('days90', status(28));
    expect(queries).toMatchObject({
      budget: 'rolling',
      shown: { from: '2026-07-26T08:00:00.000Z', step: 21_600 },
    });
    expect(queries.before).toBeUndefined();
  });

  it('asks for the present period of a calendar window beside 90 days', () => {
    const calendar = status(28, 'calendar');
    expect(rangeQueries('days90', calendar)).toMatchObject({
      budget: 'period',
      shown: { from: '2026-08-23T08:00:00.000Z' },
      before: {
        from: calendar.window.start,
        to: calendar.evaluatedAt,
        step: 8_100,
      },
    });
  });
});
