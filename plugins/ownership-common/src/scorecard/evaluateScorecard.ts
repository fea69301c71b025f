import type { RuleOutcome } from '../drift';
import type { Scorecard, ScorecardResult } from './schema';
import { ruleEffort } from './ruleEffort';
import { ruleGoal } from './ruleGoal';

/**
 * What a rule said of an entity, as far as scorecards need it.
 *
 * @public
 */
export interface ScorecardOutcome {
  /** The rule that was asked. */
  rule: { id: string; title: string };
  /** What it said, as in `RuleOutcome`. */
  outcome: {
    status: RuleOutcome['status'];
    notAsked?: boolean;
    maskedBy?: string;
  };
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
 * A result as worked out from outcomes.
 *
 * @public
 */
export type EvaluatedScorecard = FullScorecardResult & {
  /**
   * The one rule between the entity and its next level: it fails, and what is
   * unknown there is hidden by it. Absent where more than one is in the way.
   */
  soleObstacle?: string;
};

/**
 * Where one entity stands on a scorecard.
 *
 * A level is reached when every rule of it and of the levels below passes or
 * is waived. A waiver is an accepted risk with a reason and an end, so it does
 * not hold a level back; it is not a pass either, so it does not raise the
 * score. `unknown` never reaches a level.
 *
 * A rule that asks nothing of this entity, or has no outcome, is left out: a
 * level of which nothing is asked is reached with the one below. An entity of
 * which nothing is asked at all has no level.
 *
 * The score is 0 at the foot of the ladder and 1 at its top: the share of
 * passed rules of each level up to the next one, over the number of levels.
 * What passes further up does not make up for what is missing below.
 *
 * @param options - `outcomes`: what the drift rules said. `waived`: ids of
 * rules whose finding is waived now; it matters only where the rule fails
 * @public
 */
export function evaluateScorecard(options: {
  scorecard: Scorecard;
  outcomes: Iterable<ScorecardOutcome>;
  waived: ReadonlySet<string>;
}): EvaluatedScorecard {
  const { scorecard, outcomes, waived } = options;
  const byRule = new Map<string, ScorecardOutcome>();
  for (const outcome of outcomes) {
    byRule.set(outcome.rule.id, outcome);
  }

  const rules = scorecard.levels.flatMap(level =>
    level.rules.flatMap(ruleId => {
      const found = byRule.get(ruleId);
      return found && !found.outcome.notAsked
        ? {
            ruleId,
            title: ruleGoal(ruleId) ?? found.rule.title,
            level: level.id,
            status: statusOf(found, waived),
          }
        : [];
    }),
  );
  const reached = standing(scorecard, rules);
  return {
    id: scorecard.id,
    title: scorecard.title,
    ...reached,
    score: score(scorecard, rules, reached.nextLevel),
    rules,
    soleObstacle: soleObstacle(reached, byRule),
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

function score(
  scorecard: Scorecard,
  rules: FullScorecardResult['rules'],
  nextLevel: string | undefined,
): number {
  if (rules.length === 0) {
    return 0;
  }
  let sum = 0;
  for (const level of scorecard.levels) {
    const asked = rules.filter(rule => rule.level === level.id);
    const passed = asked.filter(rule => rule.status === 'pass');
    sum += asked.length ? passed.length / asked.length : 1;
    if (level.id === nextLevel) {
      break;
    }
  }
  return sum / scorecard.levels.length;
}

function soleObstacle(
  { missing, unknown }: Pick<ScorecardResult, 'missing' | 'unknown'>,
  outcomes: ReadonlyMap<string, ScorecardOutcome>,
): string | undefined {
  const [cause] = missing;
  const hidden = unknown.every(
    ruleId => outcomes.get(ruleId)?.outcome.maskedBy === cause,
  );
  return missing.length === 1 && hidden ? cause : undefined;
}
