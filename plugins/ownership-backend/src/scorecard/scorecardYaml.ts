import type { ConfiguredScorecard } from '@service-ownership/backstage-plugin-ownership-common';
import { stringify } from 'yaml';

/** A scorecard as one would write it under `ownership.scorecards`. */
export function scorecardYaml(scorecard: ConfiguredScorecard): string {
  const { id, title, description, appliesTo, levels } = scorecard;
  return stringify({ id, title, description, appliesTo, levels });
}
