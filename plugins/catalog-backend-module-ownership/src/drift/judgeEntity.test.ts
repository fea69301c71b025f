import { judgeEntity } from './judgeEntity';

const scan = new Date('2026-11-21T08:00:00Z');
const before = '2026-11-21T07:00:00.000Z';
const after = '2026-11-21T09:00:00.000Z';
const now = new Date('2026-11-21T10:00:00Z');

const verdicts = {
  scannedAt: scan,
  states: new Map([
    ['component:default/lost', 'orphaned'],
    ['component:default/shaky', 'at-risk'],
    ['component:default/foggy', 'unknown'],
  ] as const),
};

describe('judgeEntity', () => {
  it.each<
    [
      name: string,
      firstSeenAt: string,
      last: string | undefined,
      known: boolean,
      state: string | undefined,
    ]
  >([
    ['fine', before, undefined, true, 'owned'],
    ['fine', before, 'orphaned', true, 'owned'],
    ['lost', before, 'owned', true, 'orphaned'],
    ['lost', after, undefined, true, 'orphaned'],
    ['shaky', before, 'owned', true, 'at-risk'],
    ['foggy', before, 'owned', true, undefined],
    // Came after the scan.
    ['new', after, undefined, true, undefined],
    // The backend was restored from an older copy.
    ['fine', after, 'at-risk', true, 'at-risk'],
    // No verdicts at all.
    ['fine', before, undefined, false, undefined],
    ['lost', before, 'owned', false, 'owned'],
  ])(
    'flags %s, seen first at %s and flagged %s (verdicts known: %s), as %s',
    (name, firstSeenAt, last, known, state) => {
      expect(
        judgeEntity({
          entityRef: `component:default/${name}`,
          verdicts: known ? verdicts : undefined,
          memory: { firstSeenAt, ...(last ? { state: last } : {}) },
          now,
        }),
      ).toEqual({ firstSeenAt, ...(state ? { state } : {}) });
    },
  );

  it('remembers when it saw an entity first', () => {
    expect(
      judgeEntity({ entityRef: 'component:default/a', verdicts, now }),
    ).toEqual({ firstSeenAt: now.toISOString() });
  });
});
