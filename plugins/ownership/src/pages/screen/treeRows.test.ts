import { treeRows } from './treeRows';

const shown = (
  items: Array<{ ref: string; parent?: string }>,
  closed: string[] = [],
) =>
  treeRows({ items, closed: new Set(closed) }).map(
    ({ item, depth, hasChildren }) =>
      `${'  '.repeat(depth)}${item.ref}${hasChildren ? ' +' : ''}`,
  );

describe('treeRows', () => {
  const items = [
    { ref: 'b', parent: 'a' },
    { ref: 'a' },
    { ref: 'c', parent: 'b' },
    { ref: 'd', parent: 'a' },
    { ref: 'e', parent: 'not among them' },
  ];

  it('puts groups under their parents and keeps the order of siblings', () => {
    expect(shown(items)).toEqual(['a +', '  b +', '    c', '  d', 'e']);
    expect(shown(items, ['b'])).toEqual(['a +', '  b +', '  d', 'e']);
  });

  it('shows every group of a cycle once', () => {
    expect(
      shown([
        { ref: 'x', parent: 'y' },
        { ref: 'y', parent: 'x' },
        { ref: 'z', parent: 'y' },
        { ref: 'self', parent: 'self' },
      ]).map(row => row.replace(' +', '').trim()),
    ).toEqual(expect.arrayContaining(['x', 'y', 'z', 'self']));
    expect(
      shown([
        { ref: 'x', parent: 'y' },
        { ref: 'y', parent: 'x' },
      ]),
    ).toHaveLength(2);
  });
});
