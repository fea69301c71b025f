import { dayIn, dayOf, endOfDay, isValid, momentOf, startOfDay } from './days';

describe('days by the clock of the reader', () => {
  it('reads the day of a moment', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
    expect(dayOf(new Date(2026, 10, 21))).toBe('2026-11-21');
  });

  it('counts days over the end of a month, forth and back', () => {
    jest.useFakeTimers({ now: new Date(2026, 0, 31, 12) });
    try {
      expect(dayIn(0)).toBe('2026-01-31');
      expect(dayIn(1)).toBe('2026-02-01');
      expect(dayIn(-31)).toBe('2025-12-31');
    } finally {
      jest.useRealTimers();
    }
  });

  it('begins and ends a day', () => {
    expect(startOfDay('2026-11-21')).toEqual(new Date(2026, 10, 21));
    expect(endOfDay('2026-11-21')).toEqual(
      new Date(2026, 10, 21, 23, 59, 59, 999),
    );
  });

  it('reads a day without a time as the day of the reader', () => {
    expect(momentOf('2026-11-21')).toEqual(new Date(2026, 10, 21));
    expect(momentOf('2026-11-21T08:00:00Z').toISOString()).toBe(
      '2026-11-21T08:00:00.000Z',
    );
    expect(isValid(momentOf('tomorrow'))).toBe(false);
  });

  it.each(['', '2026-13-01', 'tomorrow', '275760-09-13'])(
    'knows that %p is no day',
    day => {
      expect(isValid(startOfDay(day))).toBe(false);
      expect(isValid(endOfDay(day))).toBe(false);
    },
  );
});
