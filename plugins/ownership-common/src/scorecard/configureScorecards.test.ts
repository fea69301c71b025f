import { driftRules } from '../drift';
import { configureScorecards } from './configureScorecards';
import { defaultScorecards } from './defaultScorecards';

const rules = driftRules.map(({ id }) => ({ id }));

const own = {
  id: 'security',
  title: 'Security',
  levels: [{ id: 'basic', title: 'Basic', rules: ['owner-missing'] }],
};

describe('configureScorecards', () => {
  it('gives the default scorecards where nothing is configured', () => {
    expect(configureScorecards({ rules })).toEqual(
      defaultScorecards.map(card => ({
        ...card,
        appliesTo: expect.anything(),
        applies: expect.any(Function),
      })),
    );
    for (const card of defaultScorecards) {
      const asked = card.levels.flatMap(level => level.rules);
      expect(new Set(asked).size).toBe(asked.length);
    }
  });

  it('adds, replaces and switches off', () => {
    const replaced = { ...own, id: 'production-readiness' };
    expect(
      configureScorecards({
        rules,
        config: [
          own,
          replaced,
          { id: 'service-ownership-maturity', enabled: false },
        ],
      }),
    ).toEqual(
      [replaced, own].map(card => ({
        ...card,
        appliesTo: expect.anything(),
        applies: expect.any(Function),
      })),
    );
  });

  it('is about components that are there to stay unless told otherwise', () => {
    const entity = (kind: string, type: string, lifecycle?: string) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name: 'a' },
      spec: { type, lifecycle },
    });
    const [maturity, , security] = configureScorecards({
      rules,
      config: [{ ...own, appliesTo: { 'spec.type': 'database' } }],
    });
    expect(maturity.applies(entity('Component', 'service'))).toBe(true);
    expect(maturity.applies(entity('API', 'openapi'))).toBe(false);
    expect(maturity.applies(entity('Component', 'library'))).toBe(false);
    expect(
      maturity.applies(entity('Component', 'service', 'experimental')),
    ).toBe(false);
    expect(security.applies(entity('Component', 'service'))).toBe(false);
    expect(security.applies(entity('Resource', 'database'))).toBe(true);
  });

  it('leaves out rules that are switched off, and levels without a rule', () => {
    const [maturity] = configureScorecards({
      rules: rules.map(rule => ({
        ...rule,
        enabled: defaultScorecards[0].levels[0].rules.includes(rule.id),
      })),
    });
    expect(maturity.levels.map(level => level.id)).toEqual(['beginner']);
    expect(configureScorecards({ rules: [] })).toEqual([]);
  });

  it.each([
    ['not a list', { a: 1 }, /ownership\.scorecards: expected a list/],
    ['a text', ['x'], /ownership\.scorecards\[0\]: /],
    [
      'an unknown rule',
      [{ ...own, levels: [{ ...own.levels[0], rules: ['owner-mising'] }] }],
      /ownership\.scorecards\[0\]\.levels\[0\]\.rules\[0\]: there is no rule "owner-mising"; there are owner-missing, /,
    ],
    [
      'a rule asked twice',
      [
        own,
        {
          ...own,
          id: 'b',
          levels: [own.levels[0], { ...own.levels[0], id: 'next' }],
        },
      ],
      /\[1\]\.levels\[1\]\.rules\[0\]: "owner-missing" is asked at level basic already/,
    ],
    ['an id twice', [own, own], /\[1\]\.id: "security" is there twice/],
    [
      'a level twice',
      [
        {
          ...own,
          levels: [
            own.levels[0],
            { id: 'basic', title: 'B', rules: ['captain-left'] },
          ],
        },
      ],
      /levels\[1\]\.id: "basic" is there twice/,
    ],
    [
      'a reserved level id',
      [{ ...own, levels: [{ ...own.levels[0], id: 'none' }] }],
      /levels\[0\]\.id: none and unknown are taken/,
    ],
    [
      'an id that does not fit a URL',
      [{ ...own, id: 'My Card' }],
      /\[0\]\.id: expected lower-case letters/,
    ],
    ['no levels', [{ ...own, levels: [] }], /\[0\]\.levels: /],
    ['an unknown key', [{ ...own, colour: 'red' }], /\[0\]: .*colour/],
    ['a wrong type', [{ ...own, title: 3 }], /\[0\]\.title: .*string/],
    [
      'a filter that is none',
      [{ ...own, appliesTo: { kind: { $like: 'x' } } }],
      /\[0\]\.appliesTo\["kind"\]\.\$like is not an operator here/,
    ],
    [
      'a filter over what no entity has',
      [{ ...own, appliesTo: { 'metadat.name': 'cart' } }],
      /\[0\]\.appliesTo\["metadat\.name"\] is no field of an entity/,
    ],
    ['a switch that is none', [{ ...own, enabled: 'no' }], /\[0\]\.enabled: /],
  ])('names what is wrong: %s', (_, config, message) => {
    expect(() => configureScorecards({ rules, config })).toThrow(message);
  });
});
