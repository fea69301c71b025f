import { DateTime, Duration } from 'luxon';
import type { OwnershipContract } from './schema';

/**
 * Who takes turns: participants in order, each for `every`, from `startsAt` on.
 *
 * @public
 */
export type Rotation = NonNullable<
  NonNullable<OwnershipContract['onCall']>['rotation']
>;

/**
 * Whose turn it is: a participant and the end of the shift; only `until` for a
 * rotation that has not begun; or the reason why it cannot be told.
 *
 * @public
 */
export type RotationShift =
  | { participant?: string; until: Date; problem?: undefined }
  | { participant?: undefined; until?: undefined; problem: string };

/**
 * Whose turn it is in a rotation written into the contract.
 *
 * Days, weeks and months are counted in the zone offset of `startsAt` (UTC
 * where it has none), so a change of clocks does not move the hand-over.
 *
 * @public
 */
export function staticRotation(options: {
  rotation: Rotation;
  now: Date;
}): RotationShift {
  const { participants, startsAt, every } = options.rotation;
  const start = DateTime.fromISO(startsAt, { setZone: true, zone: 'utc' });
  if (!start.isValid) {
    return {
      problem: `onCall.rotation.startsAt: "${startsAt}" is not an ISO 8601 date`,
    };
  }
  const length = Duration.fromISO(every);
  if (!length.isValid || !(length.toMillis() >= 60_000)) {
    return {
      problem: `onCall.rotation.every: "${every}" is not an ISO 8601 duration of a minute or more`,
    };
  }
  if (participants.length === 0) {
    return { problem: 'onCall.rotation.participants: nobody is named' };
  }

  const handover = (shift: number) =>
    start.plus(length.mapUnits(amount => amount * shift));
  const now = DateTime.fromJSDate(options.now);
  if (now < start) {
    return { until: start.toJSDate() };
  }
  // Months differ in length: start from the mean and walk to the right shift.
  let shift = Math.floor(now.diff(start).toMillis() / length.toMillis());
  while (handover(shift) > now) {
    shift -= 1;
  }
  while (handover(shift + 1) <= now) {
    shift += 1;
  }
  return {
    participant: participants[shift % participants.length],
    until: handover(shift + 1).toJSDate(),
  };
}
