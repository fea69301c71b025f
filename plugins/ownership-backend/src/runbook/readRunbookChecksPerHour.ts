import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const SETTING = 'ownership.runbooks.checksPerHour';

/**
 * Components whose runbooks are opened in an hour; 0 for none.
 *
 * @throws InputError that names the setting, and what it accepts
 */
export function readRunbookChecksPerHour(config: Config): number {
  const perHour = config.getOptionalNumber(SETTING) ?? 100;
  if (!Number.isInteger(perHour) || perHour < 0 || perHour > 10_000) {
    throw new InputError(
      `${SETTING} must be a whole number from 0 (never) to 10000`,
    );
  }
  return perHour;
}
