import { DateTime } from 'luxon';

/**
 * The day in so many days, as `2026-11-21`, by the clock of the reader.
 *
 * @internal
 */
export function dayIn(days: number): string {
  return DateTime.now().plus({ days }).toISODate()!;
}
