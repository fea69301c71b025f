import {
  applicablePolicyActions,
  budgetCrossings,
} from './applicablePolicyActions';

const policy = [
  { when: { remainingBelow: 0.5 }, action: 'review' },
  { when: { remainingBelow: 0 }, action: 'freeze', description: 'only fixes' },
];
const status = (remaining?: number) => ({
  budget:
    remaining === undefined
      ? undefined
      : {
          consumed: 1 - remaining,
          remaining,
          remainingEvents: 1,
          remainingSeconds: 1,
          estimated: false,
        },
});

describe('budgetCrossings', () => {
  it('keeps since when each limit has been passed, through times without data', () => {
    // Hours of one day: what is left, and which limit is passed since which hour.
    const hours: Array<[number | undefined, Record<number, number>]> = [
      [0.9, {}],
      [0.4, { 0.5: 1 }],
      [0, { 0: 2, 0.5: 1 }],
      [undefined, { 0: 2, 0.5: 1 }],
      [-0.1, { 0: 2, 0.5: 1 }],
      [0.1, { 0.5: 1 }],
      [0.5, {}],
      [-1, { 0: 7, 0.5: 7 }],
    ];
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour));
    let previous: ReturnType<typeof budgetCrossings> = [];
    hours.forEach(([remaining, passed], hour) => {
      previous = budgetCrossings({
        policy,
        status: status(remaining),
        previous,
        now: at(hour),
      });
      expect(
        Object.fromEntries(
          previous.map(({ remainingBelow, since }) => [
            remainingBelow,
            new Date(since).getUTCHours(),
          ]),
        ),
      ).toEqual(passed);
    });
    expect(
      applicablePolicyActions({
        policy,
        status: status(-1),
        crossings: previous.slice(0, 1),
      }),
    ).toEqual([
      {
        action: 'freeze',
        remainingBelow: 0,
        description: 'only fixes',
        since: '2026-11-21T07:00:00.000Z',
      },
      { action: 'review', remainingBelow: 0.5 },
    ]);
  });

  it('forgets a limit that the policy has no more', () => {
    const previous = [{ remainingBelow: 0.2, since: '2026-11-20T00:00:00Z' }];
    const now = new Date('2026-11-21T00:00:00Z');
    expect(
      budgetCrossings({ policy, status: status(), previous, now }),
    ).toEqual([]);
    expect(
      budgetCrossings({ policy: undefined, status: status(0), previous, now }),
    ).toEqual([]);
  });
});
