import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { buildDirectory } from '../directory';
import { collectFacts } from './collectFacts';
import { configureRules } from './configureRules';
import { driftRules } from './driftRules';
import { evaluateRules } from './evaluateRules';
import type { DriftRule, RuleOutcome } from './types';

const NOW = new Date('2026-11-21T08:00:00Z');
const directory = buildDirectory({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'somebody-else' },
      spec: {},
    },
  ],
});

function component(parts: object = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout' },
    ...parts,
  };
}

function rule(id: string, outcome: RuleOutcome, more: Partial<DriftRule> = {}) {
  return {
    id,
    title: id,
    why: 'w',
    fix: 'f',
    severity: 'high',
    evaluate: () => outcome,
    ...more,
  } satisfies DriftRule;
}

function evaluate(
  rules: DriftRule[],
  options: { waived?: string[]; settings?: object } = {},
) {
  return evaluateRules({
    facts: collectFacts({ entity: component(), directory, now: NOW }),
    rules: configureRules({ rules, settings: options.settings }),
    context: {
      now: NOW,
      directory,
      graceMs: 0,
      unresolvedSince: () => undefined,
    },
    isWaived: id => options.waived?.includes(id) ?? false,
  });
}

const fail = (message = 'It fails'): RuleOutcome => ({
  status: 'fail',
  message,
  evidence: [],
});
const unknown: RuleOutcome = { status: 'unknown', reason: 'Nothing is known' };
const pass: RuleOutcome = { status: 'pass' };

describe('evaluateRules', () => {
  it.each<[string, DriftRule[], string[], string, string]>([
    [
      'nothing fails',
      [rule('a', pass)],
      [],
      'owned',
      'No rule about its owner is in force',
    ],
    [
      'a rule that orphans fails',
      [rule('b', fail('b')), rule('a', fail('a'), { orphans: true })],
      [],
      'orphaned',
      'a',
    ],
    [
      'it is waived',
      [rule('a', fail('a'), { orphans: true })],
      ['a'],
      'orphaned',
      'a',
    ],
    [
      'a rule that orphans cannot tell',
      [rule('b', fail('b')), rule('a', unknown, { orphans: true })],
      [],
      'unknown',
      'Nothing is known',
    ],
    [
      'it cannot tell, but ownership does not hang on it',
      [rule('a', { ...unknown, orphans: false }, { orphans: true })],
      [],
      'owned',
      'No rule about its owner is in force',
    ],
    [
      'another rule cannot tell',
      [rule('a', unknown)],
      [],
      'owned',
      'No rule about its owner is in force',
    ],
    [
      'rules of high severity fail',
      [rule('a', fail('a')), rule('b', fail('b'), { severity: 'critical' })],
      [],
      'at-risk',
      'b (and 1 more)',
    ],
    [
      'one of them is waived',
      [rule('a', fail('a')), rule('b', fail('b'), { severity: 'critical' })],
      ['b'],
      'at-risk',
      'a',
    ],
    [
      'all of them are waived',
      [rule('a', fail('a'))],
      ['a'],
      'owned',
      'No rule about its owner is in force',
    ],
    [
      'a rule of medium severity fails',
      [rule('a', fail(), { severity: 'medium' })],
      [],
      'owned',
      'No rule about its owner is in force',
    ],
    [
      'the component makes it worse',
      [
        rule('a', { ...fail('a'), severity: 'high' } as RuleOutcome, {
          severity: 'low',
        }),
      ],
      [],
      'at-risk',
      'a',
    ],
  ])('where %s', (_, rules, waived, state, stateReason) => {
    const verdict = evaluate(rules, { waived });
    expect(verdict).toMatchObject({ state, stateReason });
  });

  it('leaves out a rule that is off and does not ask one about other entities', () => {
    const rules = [
      rule('a', fail()),
      rule('b', fail(), { appliesTo: { kind: 'System' } }),
      rule('c', pass),
    ];
    const { outcomes } = evaluate(rules, { settings: { a: false } });
    expect(outcomes.map(({ rule: { id }, outcome }) => [id, outcome])).toEqual([
      ['b', { status: 'pass', notAsked: true }],
      ['c', pass],
    ]);
  });

  it('takes the configured severity before that of the component', () => {
    const worse = { ...fail(), severity: 'critical' } as RuleOutcome;
    const [own, configured] = evaluate([rule('a', worse), rule('b', worse)], {
      settings: { b: { severity: 'low' } },
    }).outcomes;
    expect([own.severity, configured.severity]).toEqual(['critical', 'low']);
  });

  it('isolates a rule that throws', () => {
    const { outcomes, state } = evaluate([
      rule('broken', pass, {
        evaluate: () => {
          throw new Error('x is \u0000not a function');
        },
      }),
      rule('fine', fail('fine')),
    ]);
    expect(outcomes[0].outcome).toEqual({
      status: 'unknown',
      broken: true,
      reason: 'The rule broken broke on this component: x is not a function',
    });
    expect(state).toBe('at-risk');
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'Cannot destructure'],
    ['a word', 'fail', 'its status has to be one of pass, fail, unknown'],
    ['a promise', Promise.resolve(pass), 'its status has to be one of'],
    ['another status', { status: 'bad' }, 'unknown, not bad'],
    ['no message', { status: 'fail', evidence: [] }, 'its message has to be'],
    ['no evidence', { status: 'fail', message: 'm' }, 'slice'],
    ['no reason', { status: 'unknown' }, 'its reason has to be a sentence'],
    [
      'another severity',
      { ...fail(), severity: 'urgent' },
      'its severity has to be one of critical, high, medium, low',
    ],
    [
      'a text for a time',
      { ...pass, validUntil: '2026-12-24' },
      'its validUntil has to be a Date',
    ],
  ])('takes a rule for broken that says %s', (_, said, reason) => {
    const { outcomes, state } = evaluate([
      rule('broken', said as RuleOutcome, { orphans: true }),
      rule('fine', fail('fine')),
    ]);
    expect(outcomes).toMatchObject([
      {
        outcome: {
          status: 'unknown',
          broken: true,
          reason: expect.stringContaining(reason),
        },
      },
      { outcome: { message: 'fine' } },
    ]);
    expect(state).toBe('unknown');
  });

  it('isolates a rule that throws what no text can be made of', () => {
    const [{ outcome }] = evaluate([
      rule('broken', pass, {
        evaluate: () => {
          throw Object.create(null);
        },
      }),
    ]).outcomes;
    expect(outcome).toMatchObject({
      reason: 'The rule broken broke on this component: no reason given',
    });
  });

  it('names the first of several causes, and hides only one of two rules that blame each other', () => {
    const { outcomes } = evaluate([
      rule('first', fail()),
      rule('second', fail(), { consequenceOf: ['first'] }),
      rule('third', unknown, { consequenceOf: ['second'] }),
      rule('fine', pass, { consequenceOf: ['first'] }),
      rule('egg', fail(), { consequenceOf: ['hen'] }),
      rule('hen', fail(), { consequenceOf: ['egg'] }),
    ]);
    expect(
      outcomes.map(({ outcome }) =>
        outcome.status === 'unknown' ? outcome.maskedBy : outcome.status,
      ),
    ).toEqual(['fail', 'first', 'first', 'pass', 'fail', 'egg']);
  });

  it('says when time alone may change something', () => {
    const at = (validUntil: string) =>
      ({ status: 'pass', validUntil: new Date(validUntil) } as const);
    expect(
      evaluate([
        rule('a', at('2026-12-24')),
        rule('b', at('2026-11-30')),
        rule('c', at('2020-01-01')),
      ]).validUntil,
    ).toEqual(new Date('2026-11-30'));
  });

  it('never throws, never shows control characters and finds one owner fault at most, whatever an entity holds', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const hostile = fc.oneof(
      json,
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(
        '<img src=x onerror=alert(1)>',
        'data:text/html,<b>',
        '\u202Eevil',
        'todo',
        'a/b/c',
      ),
    );
    const ownerRules = driftRules.filter(({ id }) => id.startsWith('owner-'));
    fc.assert(
      fc.property(
        fc.record({
          spec: fc.oneof(
            json,
            fc.record({
              owner: hostile,
              lifecycle: hostile,
              system: hostile,
              ownershipContract: hostile,
              type: hostile,
            }),
          ),
          relations: fc.oneof(
            json,
            fc.array(
              fc.record({
                type: fc.constantFrom('ownedBy', 'dependencyOf'),
                targetRef: hostile,
              }),
              { maxLength: 1 },
            ),
          ),
          title: hostile,
        }),
        ({ spec, relations, title }) => {
          const entity = component({
            spec,
            relations,
            metadata: { name: 'checkout', title },
          });
          const { outcomes, state, stateReason } = evaluateRules({
            facts: collectFacts({ entity, directory, now: NOW }),
            rules: configureRules({ rules: driftRules }),
            context: {
              now: NOW,
              directory,
              graceMs: 0,
              unresolvedSince: () => undefined,
            },
          });
          expect(
            JSON.stringify(outcomes.map(({ outcome }) => outcome)),
          ).not.toMatch(/\\u00[01]|\p{Cf}/u);
          expect(stateReason.length).toBeLessThan(330);
          // One person is in this directory, and no entity names them.
          expect(state).toBe('orphaned');
          expect(
            outcomes.filter(
              ({ rule: asked, outcome }) =>
                ownerRules.some(({ id }) => id === asked.id) &&
                outcome.status === 'fail',
            ),
          ).toHaveLength(1);
          expect(
            outcomes.some(
              ({ outcome }) =>
                outcome.status === 'unknown' &&
                outcome.reason.includes('broke on'),
            ),
          ).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('shares what rules say of many components, and only that', () => {
    const until = new Date('2026-12-01T00:00:00Z');
    const configured = configureRules({
      rules: [
        rule('a', { ...pass, notAsked: false }),
        rule('b', { ...pass, notAsked: true }),
        rule('c', { ...pass, validUntil: until }),
        rule('d', pass, { appliesTo: { kind: 'API' } }),
        rule('e', pass, { severity: 'low' }),
      ],
    });
    const judge = (rules: typeof configured) =>
      evaluateRules({
        facts: collectFacts({ entity: component(), directory, now: NOW }),
        rules,
        context: {
          now: NOW,
          directory,
          graceMs: 0,
          unresolvedSince: () => undefined,
        },
      }).outcomes;
    const [a, b, c, d, e] = judge(configured);
    expect([a, b, c, d, e].map(({ outcome }) => outcome)).toEqual([
      { status: 'pass' },
      { status: 'pass', notAsked: true },
      { status: 'pass', validUntil: until },
      { status: 'pass', notAsked: true },
      { status: 'pass' },
    ]);
    expect(judge(configured)).toEqual([a, b, c, d, e]);
    for (const shared of [a, b, d, e]) {
      expect(() => Object.assign(shared, { severity: 'low' })).toThrow(
        TypeError,
      );
      expect(() => Object.assign(shared.outcome, { notAsked: true })).toThrow(
        TypeError,
      );
    }
    // The same rules as a dry run would have them: nothing is left of before.
    const tried = configured.map(one => ({
      ...one,
      enabled: one.id !== 'a',
      severity: 'critical' as const,
    }));
    expect(
      judge(tried).map(({ rule: { id }, severity }) => [id, severity]),
    ).toEqual(['b', 'c', 'd', 'e'].map(id => [id, 'critical']));
  });
});
