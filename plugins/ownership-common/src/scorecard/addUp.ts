import type { Scorecard } from './schema';

/**
 * Entities of one scope that stand at the same level, added up.
 *
 * @public
 */
export interface LevelTally {
  /** Level id, `none` or `unknown`: see `levelBucket`. */
  bucket: string;
  /** Number of entities in this bucket. */
  entities: number;
  /** Sum of the entities' scores. */
  score: number;
  /** Rule outcomes that are known, over all these entities. */
  known: number;
  /** Rule outcomes there are, over all these entities. */
  total: number;
}

/**
 * Where a number of entities stand together.
 *
 * @public
 */
export interface ScorecardFigures {
  /** Number of entities that are measured. */
  entities: number;
  /** Entities by level id, with `none` and `unknown`; every key is there. */
  byLevel: Record<string, number>;
  /** Mean of the scores, 0..1; absent where nothing is known. */
  score?: number;
  /** Share of the rule outcomes that are known, 0..1. */
  coverage: number;
}

/**
 * Adds up tallies. A level the scorecard no longer has counts as `unknown`.
 *
 * @public
 */
export function addUp(
  scorecard: Scorecard,
  tallies: Iterable<LevelTally>,
): ScorecardFigures {
  const byLevel: Record<string, number> = { none: 0, unknown: 0 };
  for (const level of scorecard.levels) {
    byLevel[level.id] = 0;
  }
  let [entities, score, known, total] = [0, 0, 0, 0];
  for (const tally of tallies) {
    const bucket = Object.hasOwn(byLevel, tally.bucket)
      ? tally.bucket
      : 'unknown';
    byLevel[bucket] += tally.entities;
    entities += tally.entities;
    score += tally.score;
    known += tally.known;
    total += tally.total;
  }
  return {
    entities,
    byLevel,
    score: known > 0 ? score / entities : undefined,
    coverage: total > 0 ? known / total : 0,
  };
}
