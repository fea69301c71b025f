import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';

const DAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** When the digests of a week go out. */
export interface WeeklyCadence {
  /** 1 for Monday to 7 for Sunday. */
  weekday: number;
  /** 0 to 23, in the zone. */
  hour: number;
  /** IANA name. */
  zone: string;
}

/** How late a digest may still be sent, in milliseconds: after that the week has begun. */
const LATEST_MS = 2 * 86_400_000;

/**
 * Reads `ownership.digest.weekly`.
 *
 * @returns `undefined` where it is `off`
 * @throws InputError that names the setting, and what it accepts
 */
export function readWeeklyCadence(config: Config): WeeklyCadence | undefined {
  const key = 'ownership.digest.weekly';
  const written = config.getOptional(key);
  if (written === 'off' || written === false) {
    return undefined;
  }
  if (written !== undefined && typeof written !== 'object') {
    throw new InputError(
      `${key}: expected off, or an object with day, hour and zone`,
    );
  }
  const weekly = config.getOptionalConfig(key);
  const day = (weekly?.getOptionalString('day') ?? 'monday').toLowerCase();
  const hour = weekly?.getOptionalNumber('hour') ?? 8;
  const zone = weekly?.getOptionalString('zone') ?? 'UTC';
  if (!DAYS.includes(day)) {
    throw new InputError(
      `${key}.day: ${day} must be one of ${DAYS.join(', ')}`,
    );
  }
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) {
    throw new InputError(`${key}.hour: ${hour} must be a whole number 0 to 23`);
  }
  if (!IANAZone.isValidZone(zone)) {
    throw new InputError(
      `${key}.zone: ${zone} must be a time zone such as Europe/Berlin`,
    );
  }
  return { weekday: DAYS.indexOf(day) + 1, hour, zone };
}

/**
 * The week whose digests are to go out at a moment, by the day they were due
 * on in the zone; `undefined` between two weeks. An hour that a clock change
 * leaves out is the next one.
 */
export function weekToSend(
  cadence: WeeklyCadence,
  now: Date,
): string | undefined {
  const local = DateTime.fromJSDate(now, { zone: cadence.zone });
  let due = local
    .set({ weekday: cadence.weekday as 1 })
    .startOf('day')
    .set({
      hour: cadence.hour,
    });
  if (due > local) {
    due = due.minus({ weeks: 1 });
  }
  return local.toMillis() - due.toMillis() < LATEST_MS
    ? due.toISODate() ?? undefined
    : undefined;
}
