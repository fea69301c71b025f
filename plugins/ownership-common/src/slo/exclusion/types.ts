/**
 * When an SLO is not measured: once, or again and again.
 *
 * @public
 */
export type ExclusionRule =
  | {
      type: 'once';
      /** First moment, in seconds since the epoch. */
      from: number;
      /** End, not included, in seconds since the epoch. */
      to: number;
    }
  | {
      type: 'recurring';
      /** The RRULE of RFC 5545, without DTSTART: `FREQ=WEEKLY;BYDAY=SU`. */
      rrule: string;
      /** Local start of the first one: `2026-11-22T02:00:00`. */
      start: string;
      /** Length of each in seconds, by the clock and not by the wall. */
      durationSeconds: number;
      /** IANA zone the wall clock is read in. */
      timeZone: string;
      /** None begins after this moment, in seconds since the epoch. */
      until?: number;
    };

/**
 * Limits of an exclusion, in seconds.
 *
 * @public
 */
export const exclusionLimits = {
  /** Data is kept in 5-minute buckets; less than one would exclude one. */
  minSeconds: 300,
  /** Longest single exclusion: 92 days. */
  maxSeconds: 92 * 86_400,
  /** Longest of those that come again: 7 days. */
  maxRecurringSeconds: 7 * 86_400,
  /** How far back one may reach: 400 days, as long as data is kept. */
  maxPastSeconds: 400 * 86_400,
  /** How far ahead one may begin: two years. */
  maxFutureSeconds: 2 * 365 * 86_400,
  /** How long before now a recurring one may have begun for the first time: 10 years. */
  maxRecurringPastSeconds: 10 * 366 * 86_400,
  /** How many an SLO may have that are not over. */
  maxPerSlo: 50,
} as const;
