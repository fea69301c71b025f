import { initiativeFigures } from './initiativeFigures';
import { resolveGoal } from './initiativeGoal';
import { behindIdeal, idealShare, initiativePace } from './initiativePace';
import { readScopePredicate } from './readScopePredicate';
import { reminderStage } from './reminderStage';

describe('initiativeFigures', () => {
  it('shares what counts, and shows the rest beside it', () => {
    expect(
      initiativeFigures({
        met: 17,
        missing: 20,
        unknown: 3,
        exempt: 2,
        'not-asked': 5,
      }),
    ).toEqual({
      inScope: 47,
      met: 17,
      missing: 20,
      unknown: 3,
      exempt: 2,
      notAsked: 5,
      counted: 40,
      share: 17 / 40,
      coverage: 37 / 40,
    });
    expect(initiativeFigures({ exempt: 1 })).toMatchObject({
      inScope: 1,
      counted: 0,
      share: undefined,
      coverage: 0,
    });
  });
});

const dates = {
  startsAt: '2026-11-01T00:00:00.000Z',
  dueAt: '2026-11-11T00:00:00.000Z',
};
const on = (day: string) => new Date(`2026-11-${day}T00:00:00.000Z`);

describe('initiativePace', () => {
  const points = [
    { day: '2026-10-20', met: 0, counted: 10 },
    { day: '2026-10-31', met: 2, counted: 10 },
    { day: '2026-11-03', met: 5, counted: 10 },
  ];

  it('draws the ideal line from what was met at the start to everything', () => {
    const share = (at: string, of = points) =>
      idealShare({ ...dates, points: of, at: on(at) });
    expect(share('01')).toBeCloseTo(0.2);
    expect(share('06')).toBeCloseTo(0.6);
    expect(share('11')).toBeCloseTo(1);
    expect(share('20')).toBeCloseTo(1);
    // The first point there is, where none is from before the start.
    expect(share('01', points.slice(2))).toBeCloseTo(0.5);
    expect(share('06', [])).toBeCloseTo(0.5);
    expect(
      share('06', [{ day: '2026-11-01', met: 0, counted: 0 }]),
    ).toBeCloseTo(0.5);
  });

  it('counts whole components only', () => {
    const figures = { met: 5, counted: 10 };
    expect(behindIdeal({ figures, ideal: 0.59 })).toBe(0);
    expect(behindIdeal({ figures, ideal: 0.6 })).toBe(1);
    expect(behindIdeal({ figures, ideal: 0.1 + 0.2 + 0.3 })).toBe(1);
    expect(behindIdeal({ figures, ideal: 0.2 })).toBe(0);
  });

  it.each([
    ['not-started', 0, 10, new Date('2026-10-30T00:00:00Z'), 0],
    ['on-track', 6, 10, on('06'), 0],
    ['behind', 4, 10, on('06'), 2],
    ['overdue', 9, 10, on('12'), 1],
    ['reached', 10, 10, on('12'), 0],
    ['reached', 10, 10, new Date('2026-10-30T00:00:00Z'), 0],
    ['on-track', 0, 0, on('06'), 0],
  ])('%s with %i of %i at %s', (pace, met, counted, now, behind) => {
    expect(
      initiativePace({ ...dates, figures: { met, counted }, points, now }),
    ).toMatchObject({ pace, behind });
  });
});

describe('reminderStage', () => {
  it.each([
    ['2026-10-31T23:59:59Z', undefined],
    ['2026-11-01T00:00:00Z', 'start'],
    ['2027-02-14T23:00:00Z', 'start'],
    ['2027-02-15T00:00:00Z', 'two-weeks'],
    ['2027-02-22T00:00:00Z', 'one-week'],
    ['2027-03-01T00:00:00Z', 'one-week'],
    ['2027-03-01T00:00:01Z', 'overdue'],
  ])('%s is %s', (now, stage) => {
    expect(
      reminderStage({
        startsAt: '2026-11-01T00:00:00.000Z',
        dueAt: '2027-03-01T00:00:00.000Z',
        now: new Date(now),
      }),
    ).toBe(stage);
  });
});

describe('resolveGoal', () => {
  const rules = new Map([
    ['owner-missing', { title: 'Nobody is named as owner', enabled: true }],
    ['own-rule', { title: 'Logs are kept', enabled: true }],
    ['slo-missing', { title: 'No SLO', enabled: false }],
  ]);
  const scorecards = [
    {
      id: 'maturity',
      title: 'Maturity',
      levels: [
        { id: 'low', title: 'Low', rules: ['owner-missing'] },
        { id: 'high', title: 'High', rules: ['own-rule'] },
      ],
    },
  ];
  const resolve = (goal: Parameters<typeof resolveGoal>[0]['goal']) =>
    resolveGoal({ goal, rules, scorecards });

  it('asks for the levels below a level, too', () => {
    expect(resolve({ scorecard: 'maturity', level: 'high' })).toEqual({
      ruleIds: ['owner-missing', 'own-rule'],
      scorecardId: 'maturity',
      title: 'Level High of Maturity',
      problems: [],
    });
    expect(resolve({ scorecard: 'maturity', level: 'low' }).ruleIds).toEqual([
      'owner-missing',
    ]);
    expect(
      resolve({ ruleIds: ['own-rule', 'owner-missing', 'own-rule'] }),
    ).toMatchObject({
      ruleIds: ['own-rule', 'owner-missing'],
      title: 'Logs are kept · An owner is named',
    });
  });

  it.each([
    [
      { ruleIds: ['owner-missing', 'gone'] },
      /unknown rule "gone"; there are owner-missing, own-rule, slo-missing/,
    ],
    [{ ruleIds: ['slo-missing'] }, /"slo-missing" is switched off/],
    [
      { scorecard: 'x', level: 'low' },
      /unknown scorecard "x"; there are maturity/,
    ],
    [
      { scorecard: 'maturity', level: 'top' },
      /unknown level "top" of scorecard "maturity"; there are low, high/,
    ],
  ])('says what is not there: %j', (goal, problem) => {
    const { problems, title } = resolve(goal);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(title).not.toBe('');
  });
});

describe('readScopePredicate', () => {
  it('reads data and text', () => {
    const predicate = { kind: 'Component', 'spec.type': 'service' };
    expect(readScopePredicate(predicate)).toEqual(predicate);
    expect(readScopePredicate('kind: Component\nspec.type: service\n')).toEqual(
      predicate,
    );
    expect(readScopePredicate(JSON.stringify(predicate))).toEqual(predicate);
  });

  it.each([
    ['kind: [', /scope\.predicate \(line 1\): is not YAML/],
    ['', /expected a filter predicate such as/],
    ['a: 1\n---\nb: 2', /expected a filter predicate such as/],
    ['just text', /expected a filter predicate such as/],
    [{ kind: { $like: 'x' } }, /\["kind"\]\.\$like is not an operator here/],
    [{ tier: 'tier-1' }, /\["tier"\] is no field of an entity/],
    [{ kind: 'a\0' }, /\["kind"\] has a NUL character/],
    [{ kind: { $in: ['api', '\0'] } }, /\["kind"\] has a NUL character/],
    [{ $not: { 'spec.\0': { $exists: true } } }, /"\] has a NUL character/],
    [[1], /expected a filter predicate such as/],
  ])('says what is accepted instead of %j', (written, message) => {
    expect(() => readScopePredicate(written)).toThrow(message);
  });
});
