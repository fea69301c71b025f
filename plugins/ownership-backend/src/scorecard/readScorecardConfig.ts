import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  configureScorecards,
  type ConfiguredScorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DEFAULT_OVERLOADED_ABOVE } from './teamLoad';

/**
 * Reads the scorecards of the portal and what makes a team overloaded.
 *
 * @param options - `rules`: the rule catalogue as configured
 * @throws InputError that names every problem with its path
 */
export function readScorecardConfig(options: {
  config: Config;
  rules: Iterable<{ id: string; enabled?: boolean }>;
}): { scorecards: ConfiguredScorecard[]; overloadedAbove: number } {
  const { config, rules } = options;
  const overloadedAbove =
    config.getOptionalNumber('ownership.teams.overloadedAbove') ??
    DEFAULT_OVERLOADED_ABOVE;
  if (!(overloadedAbove > 0)) {
    throw new InputError(
      'ownership.teams.overloadedAbove must be a number above 0',
    );
  }
  return {
    scorecards: configureScorecards({
      config: config.getOptional('ownership.scorecards'),
      rules,
    }),
    overloadedAbove,
  };
}
