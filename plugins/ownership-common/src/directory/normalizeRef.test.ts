import fc from 'fast-check';
import { normalizeRef } from './normalizeRef';

describe('normalizeRef', () => {
  it.each([
    ['group:default/payments', 'group:default/payments'],
    ['Group:Default/Payments', 'group:default/payments'],
    [' group:payments ', 'group:default/payments'],
    ['payments', 'group:acme/payments'],
    ['other/payments', 'group:other/payments'],
    ['Platform Team', 'group:acme/platform team'],
    ['user:john@example.com', 'user:acme/john@example.com'],
  ])('reads %p as %p', (written, canonical) => {
    const namespace = canonical.includes(':default/') ? undefined : 'acme';
    expect(normalizeRef(written, { kind: 'Group', namespace })).toBe(canonical);
  });

  it('lowers by the rules of English, not of the machine', () => {
    expect(normalizeRef('GROUP:DEFAULT/TITANIC')).toBe('group:default/titanic');
  });

  it.each([
    'payments',
    '',
    '   ',
    'group:',
    'group:default/',
    ':default/payments',
    'group:/payments',
    'group:default/a/b',
    'group:default/a:b',
    'group:default/a\u0000b',
    'group:default/a\u202Eb',
    'group:default/a\nb',
    `group:default/${'a'.repeat(300)}`,
    undefined,
    null,
    7,
    {},
    ['group:default/payments'],
  ])('gives nothing for %p', garbage => {
    expect(normalizeRef(garbage)).toBeUndefined();
  });

  it('is its own fixed point for whatever it accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const ref = normalizeRef(text, { kind: 'group' });
        fc.pre(ref !== undefined);
        expect(normalizeRef(ref)).toBe(ref);
      }),
    );
  });
});
