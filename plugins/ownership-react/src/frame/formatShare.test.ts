import { formatShare } from './formatShare';

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [0.42, '42 %'],
    [0.425, '43 %'],
    [0.034, '3.4 %'],
    [-0.12, '−12 %'],
    [-0.034, '−3.4 %'],
    [1, '100 %'],
    [1.12, '112 %'],
    [0.95, '95 %'],
    [0.999, '99.9 %'],
    [0.9995, '99.95 %'],
    [0.99999, '99.999 %'],
    // Not quite everything never reads as everything.
    [0.9996, '99.96 %'],
    [0.999999, '99.9999 %'],
  ])('writes %p as %p', (ratio, text) => {
    expect(formatShare({ ratio, language: 'en' }).replace(/\u00a0/g, ' ')).toBe(
      text,
    );
  });

  it('writes numbers as the language does', () => {
    expect(formatShare({ ratio: 0.999, language: 'de' })).toBe('99,9\u00a0%');
  });
});
