import { evaluateScorecard } from './evaluateScorecard';
import { levelBucket } from './levelBucket';
import { typicalLevel } from './typicalLevel';
import type { Scorecard } from './schema';

const scorecard: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['owner-missing', 'runbook-missing'] },
    {
      id: 'high',
      title: 'High',
      rules: ['slo-missing', 'captain-missing', 'on-call-missing'],
    },
  ],
};

type Status = 'pass' | 'fail' | 'unknown';

function evaluate(statuses: Status[], waived: string[] = []) {
  const ids = scorecard.levels.flatMap(level => level.rules);
  return evaluateScorecard({
    scorecard,
    outcomes: statuses.map((status, index) => ({
      rule: { id: ids[index], title: `Title of ${ids[index]}` },
      outcome: { status },
    })),
    waived: new Set(waived),
  });
}

describe('evaluateScorecard', () => {
  const [p, f, u] = ['pass', 'fail', 'unknown'] as const;

  // prettier-ignore
  it.each`
    what                                   | statuses           | waived               | level        | nextLevel    | missing                                | unknown                | score  | bucket
    ${'everything passes'}                 | ${[p, p, p, p, p]} | ${[]}                | ${'high'}    | ${undefined} | ${[]}                                  | ${[]}                  | ${1}   | ${'high'}
    ${'the lowest level fails'}            | ${[p, f, p, p, p]} | ${[]}                | ${undefined} | ${'low'}     | ${['runbook-missing']}                 | ${[]}                  | ${0.25} | ${'none'}
    ${'only knowledge is missing'}         | ${[p, u, p, p, p]} | ${[]}                | ${undefined} | ${'low'}     | ${[]}                                  | ${['runbook-missing']} | ${0.25} | ${'unknown'}
    ${'the cheapest comes first'}          | ${[p, p, f, f, p]} | ${[]}                | ${'low'}     | ${'high'}    | ${['captain-missing', 'slo-missing']}  | ${[]}                  | ${2 / 3} | ${'low'}
    ${'unknown is not passed, nor failed'} | ${[p, p, f, u, p]} | ${[]}                | ${'low'}     | ${'high'}    | ${['slo-missing']}                     | ${['captain-missing']} | ${2 / 3} | ${'low'}
    ${'a waiver opens the way'}            | ${[p, p, f, p, p]} | ${['slo-missing']}   | ${'high'}    | ${undefined} | ${[]}                                  | ${[]}                  | ${5 / 6} | ${'high'}
    ${'a waiver cannot make up knowledge'} | ${[p, p, u, p, p]} | ${['slo-missing']}   | ${'low'}     | ${'high'}    | ${[]}                                  | ${['slo-missing']}     | ${5 / 6} | ${'low'}
    ${'a waiver of what passes is idle'}   | ${[p, p, p, p, p]} | ${['owner-missing']} | ${'high'}    | ${undefined} | ${[]}                                  | ${[]}                  | ${1}   | ${'high'}
    ${'a rule that is not asked'}          | ${[p, p, p, p]}    | ${[]}                | ${'high'}    | ${undefined} | ${[]}                                  | ${[]}                  | ${1}   | ${'high'}
    ${'nothing is asked'}                  | ${[]}              | ${[]}                | ${undefined} | ${'low'}     | ${[]}                                  | ${[]}                  | ${0}   | ${'unknown'}
  `('$what', ({ statuses, waived, bucket, score, ...expected }) => {
    delete expected.what;
    const result = evaluate(statuses, waived);
    expect(result).toMatchObject(expected);
    expect(result.score).toBeCloseTo(score);
    expect(levelBucket(result)).toBe(bucket);
  });

  it('names the one rule in the way, with what it hides', () => {
    const obstacle = (maskedBy: string | undefined, statuses: Status[]) =>
      evaluateScorecard({
        scorecard,
        outcomes: statuses.map((status, index) => ({
          rule: {
            id: scorecard.levels.flatMap(l => l.rules)[index],
            title: '',
          },
          outcome: {
            status,
            maskedBy: status === 'unknown' ? maskedBy : undefined,
          },
        })),
        waived: new Set(),
      }).soleObstacle;

    expect(obstacle(undefined, [p, p, f, p, p])).toBe('slo-missing');
    expect(obstacle('slo-missing', [p, p, f, u, u])).toBe('slo-missing');
    expect(obstacle('owner-missing', [p, p, f, u, u])).toBeUndefined();
    expect(obstacle(undefined, [p, p, f, f, p])).toBeUndefined();
    expect(obstacle(undefined, [p, p, u, p, p])).toBeUndefined();
    expect(obstacle(undefined, [p, p, p, p, p])).toBeUndefined();
  });

  it('leaves out what a rule does not ask of this entity', () => {
    const outcome = (id: string, notAsked?: boolean) => ({
      rule: { id, title: `Title of ${id}` },
      outcome: { status: 'pass' as const, notAsked },
    });
    const result = evaluateScorecard({
      scorecard: {
        ...scorecard,
        levels: [
          { id: 'low', title: 'Low', rules: ['owner-missing', 'own-rule'] },
          { id: 'high', title: 'High', rules: ['slo-missing'] },
        ],
      },
      outcomes: [
        outcome('owner-missing'),
        outcome('own-rule'),
        outcome('slo-missing', true),
      ],
      waived: new Set(),
    });
    expect(result).toMatchObject({ level: 'high', score: 1 });
    expect(result.rules.map(rule => rule.title)).toEqual([
      'An owner is named',
      'Title of own-rule',
    ]);
  });

  it('lists every rule with its level and outcome, waived ones apart', () => {
    expect(evaluate([p, f, u, f], ['captain-missing']).rules).toEqual([
      {
        ruleId: 'owner-missing',
        title: 'An owner is named',
        level: 'low',
        status: 'pass',
      },
      {
        ruleId: 'runbook-missing',
        title: 'There is a runbook',
        level: 'low',
        status: 'fail',
      },
      {
        ruleId: 'slo-missing',
        title: 'An objective says how good it has to be',
        level: 'high',
        status: 'unknown',
      },
      {
        ruleId: 'captain-missing',
        title: 'A captain is named',
        level: 'high',
        status: 'waived',
      },
    ]);
  });
});

describe('typicalLevel', () => {
  it.each`
    low  | high | none | unknown | level
    ${0} | ${0} | ${0} | ${0}    | ${undefined}
    ${1} | ${0} | ${0} | ${0}    | ${'low'}
    ${1} | ${1} | ${0} | ${0}    | ${'high'}
    ${2} | ${1} | ${0} | ${0}    | ${'low'}
    ${1} | ${1} | ${2} | ${0}    | ${'low'}
    ${1} | ${1} | ${2} | ${1}    | ${undefined}
  `(
    'low $low, high $high, none $none, unknown $unknown: $level',
    ({ level, ...byLevel }) => {
      expect(typicalLevel(scorecard, byLevel)).toBe(level);
    },
  );
});
