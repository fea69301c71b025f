import type { RuleOutcome } from '../drift';
import type { Scorecard, ScorecardResult } from './schema';
import { ruleEffort } from './ruleEffort';

/**
 * What a rule said of an entity, as far as scorecards need it.
 *
 * @public
 */
export interface ScorecardOutcome {
  rule: { id: string; title: string };
  outcome: Pick<RuleOutcome, 'status'>;
}

/**
 * A result with every rule of the scorecard listed.
 *
 * @public
 */
export type FullScorecardResult = ScorecardResult & {
  rules: NonNullable<ScorecardResult['rules']>;
};

/**
 * Where one entity stands on a scorecard.
 *
 * A level is reached when every rule of it and of the levels below passes or
 * is waived. A waiver is an accepted risk with a reason and an end, so it does
 * not hold a level back; it is not a pass either, so it does not raise the
 * score. `unknown` never reaches a level.
 *
 * A rule without an outcome is not about this entity and is left out. An entity
 * of which nothing is asked has no level.
 *
 * @param options - `outcomes`: what the drift rules said. `waived`: ids of
 * rules whose finding is waived now; it matters only where the rule fails
 * @public
 */
export function evaluateScorecard(options: {
  scorecard: Scorecard;
  outcomes: Iterable<ScorecardOutcome>;
  waived: ReadonlySet<string>;
}): FullScorecardResult {
  const { scorecard, outcomes, waived } = options;
  const byRule = new Map<string, ScorecardOutcome>();
  for (const outcome of outcomes) {
    byRule.set(outcome.rule.id, outcome);
  }

  const rules = scorecard.levels.flatMap(level =>
    level.rules.flatMap(ruleId => {
      const found = byRule.get(ruleId);
      return found
        ? {
            ruleId,
            title: found.rule.title,
            level: level.id,
            status: statusOf(found, waived),
          }
        : [];
    }),
  );
  const passed = rules.filter(rule => rule.status === 'pass').length;

  return {
    id: scorecard.id,
    title: scorecard.title,
    ...standing(scorecard, rules),
    score: rules.length ? passed / rules.length : 0,
    rules,
  };
}

function statusOf(
  { rule, outcome }: ScorecardOutcome,
  waived: ReadonlySet<string>,
): FullScorecardResult['rules'][number]['status'] {
  return outcome.status === 'fail' && waived.has(rule.id)
    ? 'waived'
    : outcome.status;
}

function standing(
  scorecard: Scorecard,
  rules: FullScorecardResult['rules'],
): Pick<ScorecardResult, 'level' | 'nextLevel' | 'missing' | 'unknown'> {
  if (rules.length === 0) {
    const [lowest] = scorecard.levels;
    return {
      level: undefined,
      nextLevel: lowest?.id,
      missing: [],
      unknown: [],
    };
  }
  let reached: string | undefined;
  for (const level of scorecard.levels) {
    const inTheWay = (status: 'fail' | 'unknown') =>
      rules
        .filter(rule => rule.level === level.id && rule.status === status)
        .map(rule => rule.ruleId);
    const missing = inTheWay('fail').sort(
      (a, b) => ruleEffort(a) - ruleEffort(b),
    );
    const unknown = inTheWay('unknown');
    if (missing.length || unknown.length) {
      return { level: reached, nextLevel: level.id, missing, unknown };
    }
    reached = level.id;
  }
  return { level: reached, nextLevel: undefined, missing: [], unknown: [] };
}
