import type { ScorecardRollup } from './schema';
import { ruleEffort } from './ruleEffort';

/**
 * A rule with how many entities it holds back.
 *
 * @public
 */
export type Lever = NonNullable<ScorecardRollup['levers']>[number];

/**
 * Orders levers by what they bring: first the rule that lifts most entities a
 * level by itself, then the one that fails most often, then the cheapest.
 *
 * @public
 */
export function rankLevers(levers: Iterable<Lever>): Lever[] {
  return [...levers].sort(
    (a, b) =>
      b.lifts - a.lifts ||
      b.entities - a.entities ||
      ruleEffort(a.ruleId) - ruleEffort(b.ruleId) ||
      (a.ruleId < b.ruleId ? -1 : 1),
  );
}
