import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { teamRows } from './teamRows';

const team = (
  ref: string,
  changes: Partial<Overview['teams'][number]>,
): Overview['teams'][number] => ({
  ref,
  title: ref,
  members: 3,
  components: 4,
  overloaded: false,
  openFindings: 0,
  orphaned: 0,
  atRisk: 0,
  slosBreached: 0,
  ...changes,
});

describe('teamRows', () => {
  const teams = [
    team('steady', { score: 0.5, previousScore: 0.5 }),
    team('new', { score: 0.1, parent: 'steady' }),
    team('fell', { score: 0.4, previousScore: 0.7, parent: 'steady' }),
    team('rose', { score: 0.9, previousScore: 0.6 }),
  ];
  const order = (direction: 'asc' | 'desc', tree = false) =>
    teamRows({
      teams,
      sorting: { key: 'change', direction },
      tree,
      closed: new Set(),
    }).map(({ item }) => item.ref);

  it('ranks the worst movers first, and the unknown last either way', () => {
    expect(order('asc')).toEqual(['fell', 'steady', 'rose', 'new']);
    expect(order('desc')).toEqual(['rose', 'steady', 'fell', 'new']);
  });

  it('ranks siblings in the tree', () => {
    expect(order('asc', true)).toEqual(['steady', 'fell', 'new', 'rose']);
  });

  it('ranks by what wants attention where nothing moved yet', () => {
    const rows = teamRows({
      teams: [
        team('empty', { components: 0 }),
        team('quiet', {}),
        team('findings', { openFindings: 40 }),
        team('at risk', { atRisk: 1 }),
        team('orphaned', { orphaned: 1, openFindings: 1 }),
      ],
      sorting: { key: 'attention', direction: 'asc' },
      tree: false,
      closed: new Set(),
    });
    expect(rows.map(({ item }) => item.ref)).toEqual([
      'orphaned',
      'at risk',
      'findings',
      'quiet',
      'empty',
    ]);
  });
});
