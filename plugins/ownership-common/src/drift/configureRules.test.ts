import type { Entity } from '@backstage/catalog-model';
import { configureRules } from './configureRules';
import type { DriftRule } from './types';

const rules: DriftRule[] = [
  {
    id: 'owner-missing',
    title: 'Nobody is named as owner',
    why: 'w',
    fix: 'f',
    severity: 'critical',
    defaults: { patterns: ['todo'], days: 30, tiers: ['tier-1'] },
    accepts: { tiers: ['tier-1', 'tier-2'] },
    evaluate: () => ({ status: 'pass' }),
  },
];

const component = { kind: 'Component', metadata: { name: 'a' } } as Entity;
const system = { kind: 'System', metadata: { name: 'b' } } as Entity;

describe('configureRules', () => {
  it('has every rule as it is without any setting', () => {
    const [rule] = configureRules({ rules });
    expect(rule).toMatchObject({
      id: 'owner-missing',
      enabled: true,
      severity: 'critical',
      severityConfigured: false,
      parameters: { patterns: ['todo'], days: 30, tiers: ['tier-1'] },
    });
    expect(rule.applies(system)).toBe(true);
  });

  it('lets the configuration change every part', () => {
    const [rule] = configureRules({
      rules,
      settings: {
        'owner-missing': {
          severity: 'low',
          parameters: { days: 7, tiers: ['tier-2'] },
          appliesTo: { kind: 'component' },
        },
      },
    });
    expect(rule).toMatchObject({
      severity: 'low',
      severityConfigured: true,
      parameters: { patterns: ['todo'], days: 7, tiers: ['tier-2'] },
    });
    expect([rule.applies(component), rule.applies(system)]).toEqual([
      true,
      false,
    ]);
    const off = configureRules({ rules, settings: { 'owner-missing': false } });
    expect(off[0].enabled).toBe(false);
  });

  it.each([
    [[], 'ownership.drift.rules must be an object with rule ids as keys'],
    [
      { 'owner-mising': {} },
      'ownership.drift.rules.owner-mising is no rule; did you mean owner-missing?',
    ],
    [
      { zzz: {} },
      'ownership.drift.rules.zzz is no rule; accepted are owner-missing',
    ],
    [
      { 'owner-missing': 'off' },
      'ownership.drift.rules.owner-missing must be true, false or an object with enabled, severity, parameters, appliesTo',
    ],
    [
      { 'owner-missing': { severety: 'low' } },
      'ownership.drift.rules.owner-missing.severety is not a setting; did you mean severity?',
    ],
    [
      { 'owner-missing': { severity: 'urgent' } },
      'ownership.drift.rules.owner-missing.severity must be one of critical, high, medium, low',
    ],
    [
      { 'owner-missing': { enabled: 'no' } },
      'ownership.drift.rules.owner-missing.enabled must be true or false',
    ],
    [
      { 'owner-missing': { parameters: { day: 3 } } },
      'ownership.drift.rules.owner-missing.parameters.day is not a parameter of this rule; did you mean days?',
    ],
    [
      { 'owner-missing': { parameters: { days: -3 } } },
      'ownership.drift.rules.owner-missing.parameters.days must be a number of 0 or more, such as 30',
    ],
    [
      { 'owner-missing': { parameters: { patterns: 'todo' } } },
      'ownership.drift.rules.owner-missing.parameters.patterns must be a list of strings, such as ["todo"]',
    ],
    [
      { 'owner-missing': { parameters: { tiers: ['tier-1', 'tier2'] } } },
      'ownership.drift.rules.owner-missing.parameters.tiers has "tier2"; did you mean tier-2?',
    ],
    [
      { 'owner-missing': { parameters: { tiers: ['gold'] } } },
      'ownership.drift.rules.owner-missing.parameters.tiers has "gold"; accepted are tier-1, tier-2',
    ],
    [
      { 'owner-missing': { appliesTo: { kind: { $bad: 1 } } } },
      'ownership.drift.rules.owner-missing.appliesTo["kind"].$bad is not an operator here; accepted are $exists, $in, $contains, $hasPrefix',
    ],
    [
      { 'owner-missing': { appliesTo: 'component' } },
      'ownership.drift.rules.owner-missing.appliesTo must be a filter predicate such as { kind: Component',
    ],
  ])('says what is wrong with %j', (settings, message) => {
    expect(() => configureRules({ rules, settings })).toThrow(message);
  });

  it('has no settings for a rule that nobody named', () => {
    const [rule] = configureRules({
      rules: [{ ...rules[0], id: 'constructor' }],
      settings: {},
    });
    expect(rule.enabled).toBe(true);
  });

  it('refuses a rule of a severity that does not exist', () => {
    const severity = 'urgent' as DriftRule['severity'];
    expect(() =>
      configureRules({ rules: [{ ...rules[0], severity }] }),
    ).toThrow(
      'the rule owner-missing has the severity urgent; accepted are critical, high, medium, low',
    );
  });

  it('lists everything that is wrong at once', () => {
    expect(() =>
      configureRules({
        rules: [...rules, ...rules],
        settings: { x: 1, 'owner-missing': { enabled: 1 } },
        path: 'there',
      }),
    ).toThrow(
      /two rules have the id owner-missing.*there\.x is no rule.*there\.owner-missing\.enabled/,
    );
  });
});
