import { InputError } from '@backstage/errors';

/** How often a team is told what changed. */
export type DigestCadence = 'scan' | 'daily' | 'weekly' | 'off';

/** On a group: how often it wants to be told, instead of what the configuration says. */
export const DIGEST_ANNOTATION = 'service-ownership.io/digest';

const HOUR = 3_600_000;
const CADENCES: readonly DigestCadence[] = ['scan', 'daily', 'weekly', 'off'];

/**
 * Least time between two digests, in milliseconds. An hour short of the day,
 * so that one a day does not move to the next scan each day.
 */
export const LEAST_PAUSE: Record<Exclude<DigestCadence, 'off'>, number> = {
  scan: 0,
  daily: 23 * HOUR,
  weekly: (7 * 24 - 1) * HOUR,
};

/** What somebody wrote as a cadence; `undefined` where it is none. */
export function readCadence(text: string | undefined) {
  return CADENCES.find(cadence => cadence === text?.trim().toLowerCase());
}

/** @throws InputError for a configured value that is none */
export function requireCadence(text: string | undefined): DigestCadence {
  const cadence = text === undefined ? 'scan' : readCadence(text);
  if (!cadence) {
    throw new InputError(
      `ownership.notifications.digest: ${text} must be one of ${CADENCES.join(
        ', ',
      )}`,
    );
  }
  return cadence;
}
