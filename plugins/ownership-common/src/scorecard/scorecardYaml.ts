import { stringify } from 'yaml';
import type { ConfiguredScorecard } from './configureScorecards';

/**
 * A scorecard as one would write it under `ownership.scorecards`, to change it.
 *
 * @public
 */
export function scorecardYaml(scorecard: ConfiguredScorecard): string {
  const { id, title, description, appliesTo, levels } = scorecard;
  return stringify({ id, title, description, appliesTo, levels });
}
