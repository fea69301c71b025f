import type { Scorecard } from './schema';

/**
 * The level of the median entity: at least half of the entities have reached
 * it. `undefined` where half of them have reached none, or where there is
 * nothing to go by.
 *
 * @public
 */
export function typicalLevel(
  scorecard: Scorecard,
  byLevel: Record<string, number>,
): string | undefined {
  const entities = Object.values(byLevel).reduce((sum, n) => sum + n, 0);
  let reached = 0;
  for (const level of [...scorecard.levels].reverse()) {
    reached += byLevel[level.id] ?? 0;
    if (reached > 0 && reached * 2 >= entities) {
      return level.id;
    }
  }
  return undefined;
}
