import { levelMove } from './levelMove';

const levels = (...ids: string[]) => ({
  levels: ids.map(id => ({ id, title: id, rules: [] })),
});

describe('levelMove', () => {
  const abc = levels('a', 'b', 'c');
  it.each([
    ['none', 'a', abc, abc, 'up'],
    ['c', 'a', abc, abc, 'down'],
    ['b', 'b', abc, abc, 'same'],
    ['none', 'unknown', abc, abc, 'same'],
    [undefined, 'a', abc, abc, 'added'],
    ['a', undefined, abc, abc, 'removed'],
    // A level that is new below the others moves nobody who keeps his.
    ['a', 'a', abc, levels('new', 'a', 'b', 'c'), 'same'],
    ['a', 'new', abc, levels('new', 'a', 'b', 'c'), 'down'],
    // A level that is gone stands as far up as it stood: b is two thirds up.
    ['b', 'c', abc, levels('a', 'c'), 'up'],
    ['b', 'a', abc, levels('a', 'c'), 'down'],
    // All levels renamed.
    ['b', 'y', abc, levels('x', 'y', 'z'), 'same'],
    ['none', 'a', undefined, abc, 'up'],
  ] as const)('%s to %s', (from, to, before, after, move) => {
    expect(levelMove({ before, after, from, to })).toBe(move);
  });
});
