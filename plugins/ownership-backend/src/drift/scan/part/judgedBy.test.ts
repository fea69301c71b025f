import {
  configureRules,
  driftRules,
  tierRequirements,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import { isolateRule } from '../../isolateRule';
import { judgedBy } from './judgedBy';

type Options = Parameters<typeof judgedBy>[0];

const options = (): Options => ({
  rules: configureRules({ rules: driftRules }),
  config: { kinds: new Set(['component']), graceMs: 0 },
  requirements: tier => tierRequirements({ tier }),
});

describe('judgedBy', () => {
  it('is the same for replicas that are alike', () => {
    expect(judgedBy(options())).toBe(judgedBy(options()));
  });

  it('is another one where the code of a rule is that a module brought', () => {
    const [passes, fails] = (['pass', 'unknown'] as const).map(status => {
      const rule: DriftRule = {
        ...driftRules[0],
        id: 'from-module',
        evaluate:
          status === 'pass'
            ? () => ({ status: 'pass' })
            : () => ({ status: 'unknown', reason: 'Not known' }),
      };
      return judgedBy({
        ...options(),
        rules: configureRules({ rules: [...driftRules, isolateRule(rule)] }),
      });
    });
    expect(passes).not.toBe(fails);
  });

  it.each<[string, Partial<Options>]>([
    [
      'a severity',
      {
        rules: configureRules({
          rules: driftRules,
          settings: { 'owner-missing': { severity: 'low' } },
        }),
      },
    ],
    [
      'the code of a rule',
      {
        rules: configureRules({
          rules: driftRules.map((rule, index) =>
            index === 0
              ? { ...rule, evaluate: () => ({ status: 'pass' }) }
              : rule,
          ),
        }),
      },
    ],
    ['a kind', { config: { kinds: new Set(['api']), graceMs: 0 } }],
    ['the grace', { config: { kinds: new Set(['component']), graceMs: 1 } }],
    [
      'a rule of the configuration',
      {
        config: {
          ...options().config,
          customRules: [{ id: 'has-a-lifecycle' }],
        },
      },
    ],
    [
      'what a tier asks for',
      { requirements: () => ({ ...tierRequirements({}), slos: 7 }) },
    ],
  ])('is another one where %s is', (_what, other) => {
    expect(judgedBy({ ...options(), ...other })).not.toBe(judgedBy(options()));
  });
});
