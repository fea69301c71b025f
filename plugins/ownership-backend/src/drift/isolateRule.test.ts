import {
  buildDirectory,
  collectFacts,
  configureRules,
  driftRules,
  evaluateRules,
  type ComponentFacts,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import { catalogEntity, team } from '../__testUtils__/driftBench';
import { isolateRule } from './isolateRule';

const NOW = new Date('2026-11-21T08:00:00Z');
const directory = buildDirectory({ entities: team('shop', ['sam']) });

function judge(rule: DriftRule) {
  return evaluateRules({
    facts: collectFacts({
      entity: catalogEntity('Component', 'cart', {
        type: 'service',
        lifecycle: 'production',
        owner: 'shop',
      }),
      directory,
      now: NOW,
    }),
    rules: configureRules({ rules: [isolateRule(rule), ...driftRules] }),
    context: {
      now: NOW,
      directory,
      graceMs: 0,
      unresolvedSince: () => undefined,
    },
  });
}

/** As people write them who keep a rule's own things beside it. */
class ModuleRule implements DriftRule {
  readonly id = 'from-module';
  readonly title = 'From a module';
  readonly why = 'w';
  readonly fix = 'f';
  readonly severity = 'low';
  readonly #then: (facts: ComponentFacts) => void;

  constructor(then: (facts: ComponentFacts) => void) {
    this.#then = then;
  }

  evaluate(facts: ComponentFacts) {
    this.#then(facts);
    return { status: 'pass' as const };
  }
}

describe('isolateRule', () => {
  it.each<[string, (facts: ComponentFacts) => void]>([
    ['a list', ({ owners }) => owners.pop()],
    ['a fact', facts => delete facts.declaredOwner],
    ['the entity', ({ entity }) => delete entity.spec!.owner],
    [
      'what is deep inside',
      ({ entity }) => {
        entity.metadata.name = 'another';
      },
    ],
  ])(
    'reports a rule that changes %s, and keeps it for the others',
    (_, then) => {
      const { outcomes, state } = judge(new ModuleRule(then));
      expect(outcomes[0].outcome).toMatchObject({ broken: true });
      expect(state).toBe('owned');
    },
  );

  it('reports a rule that answers later, and hears no more of it', () => {
    const { outcomes } = judge({
      ...{ id: 'later', title: 't', why: 'w', fix: 'f', severity: 'low' },
      // As code without types may have it.
      evaluate: (async () => {
        throw new Error('Nobody waits');
      }) as unknown as DriftRule['evaluate'],
    });
    expect(outcomes[0].outcome).toMatchObject({
      broken: true,
      reason: expect.stringContaining('it answers with a promise'),
    });
  });

  it('asks a rule that only reads', () => {
    const seen: string[] = [];
    const { outcomes } = judge(
      new ModuleRule(({ entityRef }) => seen.push(entityRef)),
    );
    expect(outcomes[0].outcome).toEqual({ status: 'pass' });
    expect(seen).toEqual(['component:default/cart']);
  });
});
