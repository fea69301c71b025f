import {
  ruleGoal,
  type FullScorecardResult,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { ResultRow } from './listResults';

/**
 * A stored result in the shape of the API. Rules and levels are those of the
 * scorecard as configured now, as far as the last scan asked them.
 */
export function toResult(options: {
  scorecard: Scorecard;
  row: ResultRow;
  /** Title of a rule, for those that say nothing better. */
  titleOf(ruleId: string): string;
}): FullScorecardResult {
  const { scorecard, row, titleOf } = options;
  const statuses = JSON.parse(row.rules) as Record<
    string,
    FullScorecardResult['rules'][number]['status']
  >;
  const known = (level: string | null) =>
    scorecard.levels.some(l => l.id === level) ? level! : undefined;
  return {
    id: scorecard.id,
    title: scorecard.title,
    level: known(row.bucket),
    nextLevel: known(row.next_level),
    missing: JSON.parse(row.missing),
    unknown: JSON.parse(row.unknown),
    score: row.score,
    rules: scorecard.levels.flatMap(level =>
      level.rules
        .filter(ruleId => Object.hasOwn(statuses, ruleId))
        .map(ruleId => ({
          ruleId,
          title: ruleGoal(ruleId) ?? titleOf(ruleId),
          level: level.id,
          status: statuses[ruleId],
        })),
    ),
  };
}
