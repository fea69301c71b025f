import { addUp } from './addUp';
import type { LevelTally, ScorecardFigures } from './addUp';
import type { Scorecard } from './schema';

/**
 * Adds up entities for every scope they belong to. An entity counts once in
 * each scope, however many ways lead there.
 *
 * @param options - `entities`: one each, or tallies of several that belong to
 * the same scopes. `scopesOf`: the scopes of an entity, in which repetition
 * does no harm: its owners, the groups above them, its domain …
 * @public
 */
export function rollUp<
  T extends Omit<LevelTally, 'entities'> &
    Partial<Pick<LevelTally, 'entities'>>,
>(options: {
  scorecard: Scorecard;
  entities: Iterable<T>;
  scopesOf(entity: T): Iterable<string>;
}): Map<string, ScorecardFigures> {
  const tallies = new Map<string, Map<string, LevelTally>>();
  for (const entity of options.entities) {
    for (const scope of new Set(options.scopesOf(entity))) {
      const buckets = getOrAdd(tallies, scope, () => new Map());
      const tally = getOrAdd(buckets, entity.bucket, () => ({
        bucket: entity.bucket,
        entities: 0,
        score: 0,
        known: 0,
        total: 0,
      }));
      tally.entities += entity.entities ?? 1;
      tally.score += entity.score;
      tally.known += entity.known;
      tally.total += entity.total;
    }
  }
  return new Map(
    Array.from(tallies, ([scope, buckets]) => [
      scope,
      addUp(options.scorecard, buckets.values()),
    ]),
  );
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
