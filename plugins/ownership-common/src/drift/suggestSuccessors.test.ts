import { suggestSuccessors } from './suggestSuccessors';

const suggestion = (name: string, confidence: number, reason: string) => ({
  ref: `group:default/${name}`,
  title: name,
  confidence,
  reason,
});

describe('suggestSuccessors', () => {
  it('puts who is likely for many before who is sure for one', () => {
    expect(
      suggestSuccessors({
        suggestions: [
          [suggestion('kestrel', 0.5, 'Falcon belonged to it')],
          [
            suggestion('osprey', 0.9, 'Owns the system'),
            suggestion('kestrel', 0.6, 'Owns what needs it'),
          ],
          [suggestion('kestrel', 0.5, 'Falcon belonged to it')],
          [],
        ],
      }),
    ).toEqual([
      {
        ref: 'group:default/kestrel',
        title: 'kestrel',
        components: 3,
        confidence: 0.4,
        reason: 'Falcon belonged to it',
      },
      {
        ref: 'group:default/osprey',
        title: 'osprey',
        components: 1,
        confidence: 0.23,
        reason: 'Owns the system',
      },
    ]);
  });

  it('orders who is equally likely by ref, and gives the first of them', () => {
    const three = ['c', 'a', 'b'].map(name => suggestion(name, 0.5, 'Why'));
    expect(
      suggestSuccessors({ suggestions: [three], limit: 2 }).map(
        ({ ref }) => ref,
      ),
    ).toEqual(['group:default/a', 'group:default/b']);
  });

  it('suggests nobody for no component', () => {
    expect(suggestSuccessors({ suggestions: [] })).toEqual([]);
    expect(suggestSuccessors({ suggestions: [[]] })).toEqual([]);
  });
});
