import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const ACCEPTED = {
  all: ['page', 'ticket'],
  page: ['page'],
  none: [],
} as const;

/**
 * Reads of which SLO alerts owners are notified; see config.d.ts.
 *
 * @throws InputError that names the setting, and what it accepts
 */
export function readAlertSeverities(
  config: Config,
): ReadonlySet<'page' | 'ticket'> {
  const key = 'ownership.notifications.sloAlerts';
  const value = config.getOptionalString(key) ?? 'all';
  if (!Object.hasOwn(ACCEPTED, value)) {
    throw new InputError(
      `${key} must be one of ${Object.keys(ACCEPTED).join(
        ', ',
      )}, got "${value}"`,
    );
  }
  return new Set(ACCEPTED[value as keyof typeof ACCEPTED]);
}
