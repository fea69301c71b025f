import type { ScorecardResult } from '@service-ownership/backstage-plugin-ownership-common';

type RuleResult = NonNullable<ScorecardResult['rules']>[number];

/**
 * A rung of the ladder.
 *
 * @internal
 */
export interface Rung {
  id: string;
  title: string;
  place: 'reached' | 'here' | 'next' | 'above';
  rules: RuleResult[];
  /** Rules that pass or are waived. */
  passed: number;
}

/**
 * The levels of a scorecard from the lowest to the highest, with where the
 * entity stands. Empty where the answer carries no rules.
 *
 * @internal
 */
export function rungsOf(result: ScorecardResult): Rung[] {
  const ids = [...new Set((result.rules ?? []).map(({ level }) => level))];
  const here = result.level ? ids.indexOf(result.level) : -1;
  return ids.map((id, index) => {
    const rules = (result.rules ?? []).filter(({ level }) => level === id);
    const place = () => {
      if (index === here) {
        return 'here';
      }
      if (index < here) {
        return 'reached';
      }
      return index === here + 1 ? 'next' : 'above';
    };
    return {
      id,
      title: levelTitle(id),
      place: place(),
      rules,
      passed: rules.filter(({ status }) => isPassed(status)).length,
    };
  });
}

/** @internal */
export function isPassed(status: RuleResult['status']): boolean {
  return status === 'pass' || status === 'waived';
}

/**
 * The id of a level as a title: `well-run` is "Well run".
 *
 * @internal
 */
export function levelTitle(id: string): string {
  const words = id.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
