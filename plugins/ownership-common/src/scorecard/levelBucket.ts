import type { ScorecardResult } from './schema';

/**
 * Where an entity is counted: under the level it reached, under `none` where
 * it fails the lowest, or under `unknown` where only missing knowledge keeps it
 * from the lowest.
 *
 * @public
 */
export function levelBucket(
  result: Pick<ScorecardResult, 'level' | 'missing'>,
): string {
  return result.level ?? (result.missing.length > 0 ? 'none' : 'unknown');
}
