import { durationWords } from './durationWords';

describe('durationWords', () => {
  it.each([
    ['PT15M', '15 minutes'],
    ['P90D', '90 days'],
    ['P7Y', '7 years'],
    ['P1Y6M', '1 year 6 months'],
    ['P1DT12H', '1 day 12 hours'],
    // OpenSLO's shorthand: `m` is minutes and `M` months.
    ['28d', '28 days'],
    ['5m', '5 minutes'],
    ['1M', '1 month'],
    ['1Q', '3 months'],
    ['PT0M', ''],
    // Not a duration: as written.
    ['soon', 'soon'],
    ['P', 'P'],
    ['90 days', '90 days'],
  ])('reads %p as %p', (duration, words) => {
    expect(durationWords({ duration, language: 'en' })).toBe(words);
  });
});
