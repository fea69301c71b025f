import fc from 'fast-check';
import { owningScopes } from './owningScopes';
import { rankLevers } from './rankLevers';
import { rollUp } from './rollUp';
import type { Scorecard } from './schema';

const scorecard: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['a', 'b'] },
    { id: 'high', title: 'High', rules: ['c', 'd'] },
  ],
};

const groupCount = 8;
const refOf = (index: number) => `group:default/g${index}`;

// Parents are drawn freely: trees, forests, cycles and groups that are their
// own parent. Owners may be several, related, or not in the directory at all.
const organisation = fc.record({
  parents: fc.array(fc.option(fc.nat(groupCount - 1), { nil: undefined }), {
    minLength: groupCount,
    maxLength: groupCount,
  }),
  entities: fc.array(
    fc.record({
      owners: fc.array(fc.nat(groupCount + 1), { maxLength: 3 }),
      bucket: fc.constantFrom('low', 'high', 'none', 'unknown'),
      known: fc.nat(4),
    }),
    { maxLength: 40 },
  ),
});

function directoryOf(parents: Array<number | undefined>) {
  return {
    ancestors(ref: string) {
      const above = new Set<string>();
      let at = parents[Number(ref.slice('group:default/g'.length))];
      while (at !== undefined && !above.has(refOf(at))) {
        above.add(refOf(at));
        at = parents[at];
      }
      above.delete(ref);
      return [...above];
    },
  };
}

describe('rollUp', () => {
  it('counts exactly the entities behind every figure, in any organisation', () => {
    fc.assert(
      fc.property(organisation, ({ parents, entities: drawn }) => {
        const directory = directoryOf(parents);
        const entities = drawn.map(({ owners, bucket, known }) => ({
          ownerRefs: owners.map(refOf),
          bucket,
          known,
          score: known / 4,
          total: 4,
        }));
        const figures = rollUp({
          scorecard,
          entities,
          scopesOf: e => ['*', ...owningScopes(e.ownerRefs, directory)],
        });

        for (const [scope, figure] of figures) {
          const behind = entities.filter(
            e =>
              scope === '*' ||
              e.ownerRefs.some(
                owner =>
                  owner === scope || directory.ancestors(owner).includes(scope),
              ),
          );
          expect(figure.entities).toBe(behind.length);
          for (const [bucket, count] of Object.entries(figure.byLevel)) {
            expect(count).toBe(behind.filter(e => e.bucket === bucket).length);
          }
          const known = behind.reduce((sum, e) => sum + e.known, 0);
          expect(figure.coverage).toBeCloseTo(known / (behind.length * 4));
          expect(figure.score === undefined).toBe(known === 0);
          expect(figure.score ?? 0).toBeCloseTo(known / (behind.length * 4));
        }
        expect(figures.get('*')?.entities ?? 0).toBe(entities.length);
      }),
    );
  });

  it('keeps counting entities at a level that is gone from the scorecard', () => {
    const figures = rollUp({
      scorecard,
      entities: [{ bucket: 'platinum', score: 1, known: 4, total: 4 }],
      scopesOf: () => ['*'],
    });
    expect(figures.get('*')).toEqual({
      entities: 1,
      byLevel: { low: 0, high: 0, none: 0, unknown: 1 },
      score: 1,
      coverage: 1,
    });
  });
});

describe('rankLevers', () => {
  it('puts what lifts most first, then what fails most, then the cheapest', () => {
    const lever = (ruleId: string, lifts: number, entities: number) => ({
      ruleId,
      lifts,
      entities,
      title: ruleId,
      severity: 'low' as const,
    });
    expect(
      rankLevers([
        lever('slo-missing', 1, 9),
        lever('captain-missing', 1, 9),
        lever('runbook-stale', 0, 30),
        lever('owner-missing', 2, 2),
        lever('runbook-missing', 1, 10),
      ]).map(l => l.ruleId),
    ).toEqual([
      'owner-missing',
      'runbook-missing',
      'captain-missing',
      'slo-missing',
      'runbook-stale',
    ]);
  });
});
