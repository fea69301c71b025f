import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEFAULT_OVERLOADED_ABOVE } from './teamLoad';

/**
 * Reads the load above which a team counts as overloaded.
 *
 * @throws InputError that says what is accepted
 */
export function readOverloadedAbove(config: Config): number {
  const overloadedAbove =
    config.getOptionalNumber('ownership.teams.overloadedAbove') ??
    DEFAULT_OVERLOADED_ABOVE;
  if (!(overloadedAbove > 0)) {
    throw new InputError(
      'ownership.teams.overloadedAbove must be a number above 0',
    );
  }
  return overloadedAbove;
}
