import { attentionRows } from './attentionRows';

const item = (key: string, components: number) => ({
  key,
  title: key,
  components,
  findings: 9,
  bySeverity: { critical: 9, high: 0, medium: 0, low: 0 },
});

describe('attentionRows', () => {
  it('adds up both states of an owner, the most orphaned first', () => {
    const rows = attentionRows({
      orphaned: [item('one', 1), item('nine', 9)],
      atRisk: [item('two', 2), item('one', 3), item('also two', 2)],
    });
    expect(rows.map(row => [row.key, row.orphaned, row.atRisk])).toEqual([
      ['nine', 9, 0],
      ['one', 1, 3],
      ['also two', 0, 2],
      ['two', 0, 2],
    ]);
  });
});
