import { formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    [0, '0 sec'],
    [3.24, '3.2 sec'],
    [61, '1 min, 1 sec'],
    [3_600, '1 hr'],
    [3_660, '1 hr, 1 min'],
    [-7_200, '2 hr'],
    [93_600, '1 day, 2 hr'],
    [28 * 86_400, '28 days'],
    // Two units at most, and never a gap between them filled with zero.
    [86_400 + 59, '1 day'],
  ])('%d s is %s', (seconds, words) => {
    expect(formatDuration({ seconds, language: 'en' })).toBe(words);
  });

  it('speaks the language of the reader', () => {
    expect(formatDuration({ seconds: 93_600, language: 'de' })).toBe(
      '1 Tg. und 2 Std.',
    );
  });
});
