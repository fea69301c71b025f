import { describeTime } from './describeTime';

const now = new Date('2026-11-21T12:00:00Z');
const relative = (value: string) =>
  describeTime({ value, now, language: 'en' })?.relative;

describe('describeTime', () => {
  it.each([
    ['2026-11-21T11:59:40Z', 'now'],
    ['2026-11-21T11:15:00Z', '45 minutes ago'],
    ['2026-11-21T09:30:00Z', '2 hours ago'],
    ['2026-11-22T13:00:00Z', 'tomorrow'],
    ['2026-10-12T12:00:00Z', '40 days ago'],
    // Reviews and waivers are counted in days for a quarter.
    ['2026-08-24T12:00:00Z', '89 days ago'],
    ['2026-07-24T12:00:00Z', '4 months ago'],
    ['2024-11-01T12:00:00Z', '2 years ago'],
    // A day is a day wherever the clock stands.
    ['2026-11-21', 'today'],
    ['2026-11-20', 'yesterday'],
    ['2026-11-23', 'in 2 days'],
  ])('says %p as %p', (value, words) => {
    expect(relative(value)).toBe(words);
  });

  it('gives the exact moment, and no time of day for a day', () => {
    const at = (value: string) =>
      describeTime({ value, now, language: 'en' })?.exact;
    expect(at('2026-11-21T09:30:00Z')).toContain('9:30');
    expect(at('2026-10-12')).toBe('Monday, October 12, 2026');
  });

  it('knows nothing of what is not a moment', () => {
    expect(relative('next spring')).toBeUndefined();
  });
});
