import fc from 'fast-check';
import { plainText } from './plainText';

describe('plainText', () => {
  it.each([
    ['Takes a cart to a paid order.', 'Takes a cart to a paid order.'],
    [' two  spaces\tand\na line ', 'two spaces and a line'],
    ['turned \u202eround\u0007 and \ud800half', 'turned round and half'],
    ['Größe\u00a0😀', 'Größe 😀'],
    ['x'.repeat(120), 'x'.repeat(120)],
    ['x'.repeat(121), `${'x'.repeat(119)}…`],
    [`${'x'.repeat(118)} yz`, `${'x'.repeat(118)}…`],
    ['', ''],
    [' ', ''],
    [undefined, ''],
    [7, '7'],
  ])('makes of %j the text %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('holds nothing but words with single spaces in between, whatever it is given', () => {
    const pieces = fc.constantFrom('a', 'Z9', ' ', '  ', '\t', '~', 'ä');
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 60 }),
        fc.nat(50),
        (parts, more) => {
          const max = more + 2;
          const text = plainText(parts.join(''), { max });
          expect(text.length).toBeLessThanOrEqual(max);
          expect(text).toBe(text.trim());
          expect(text).not.toMatch(/ {2}|\t/);
          expect(plainText(text, { max })).toBe(text);
        },
      ),
    );
  });
});
