import { DateTime } from 'luxon';
import { RRule } from 'rrule';
import type { BucketRange } from '../sloWindows';
import type { ExclusionRule } from './types';

/**
 * The Gregorian calendar repeats every 400 years, day of the week and all. The
 * library looks for the next occurrence up to the year 9999; 7,600 years on,
 * that is soon over for a rule that has none.
 */
const LATER_YEARS = 7600;

/**
 * The stretches of an exclusion that overlap a range, in order, each as long
 * as it is written; not cut to the range.
 *
 * A recurring one keeps its wall-clock time in its zone. A time that the clock
 * skips in spring is that of an hour later; of one that comes twice in autumn
 * the first counts.
 *
 * @param options - `rule`: one that `checkExclusion` let through. `range`:
 *   seconds since the epoch.
 *
 * @public
 */
export function expandExclusion(options: {
  rule: ExclusionRule;
  range: BucketRange;
}): BucketRange[] {
  const { rule, range } = options;
  if (rule.type === 'once') {
    return rule.from < range.end && rule.to > range.start
      ? [{ start: rule.from, end: rule.to }]
      : [];
  }
  const { timeZone, durationSeconds, until = Infinity } = rule;
  // A day more on either side, for wall clocks are up to 14 hours apart.
  const from = wallTime(range.start - durationSeconds - 86_400, timeZone);
  const to = wallTime(Math.min(range.end, until) + 86_400, timeZone);
  return recurrence(rule)
    .between(from, to, true)
    .map(date => startOf(date, timeZone))
    .filter(
      start =>
        start <= until &&
        start < range.end &&
        start + durationSeconds > range.start,
    )
    .map(start => ({ start, end: start + durationSeconds }));
}

/**
 * The first start of a recurring exclusion, in seconds since the epoch;
 * `undefined` if there is none within two years of when it begins.
 *
 * @internal
 */
export function firstStart(
  rule: Extract<ExclusionRule, { type: 'recurring' }>,
): number | undefined {
  const first = wall(rule.start);
  const [date] = recurrence(rule).between(
    first,
    new Date(first.getTime() + 2 * 366 * 86_400_000),
    true,
    (_, index) => index < 1,
  );
  return date && startOf(date, rule.timeZone);
}

// The library reckons in wall-clock time that it calls UTC; zones are luxon's.
function recurrence(
  rule: Extract<ExclusionRule, { type: 'recurring' }>,
): RRule {
  const { until, ...parts } = RRule.parseString(rule.rrule);
  return new RRule(
    {
      ...parts,
      dtstart: wall(rule.start),
      // RFC 5545: UNTIL with a Z is a moment, else it is on the same wall clock.
      until:
        until &&
        (/UNTIL=[0-9T]+Z/i.test(rule.rrule)
          ? wallTime(until.getTime() / 1000, rule.timeZone)
          : later(until)),
    },
    true,
  );
}

function wall(local: string): Date {
  return later(new Date(`${local}Z`));
}

function wallTime(seconds: number, timeZone: string): Date {
  const local = DateTime.fromSeconds(seconds, { zone: timeZone });
  return wall(local.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
}

function later(date: Date): Date {
  const moved = new Date(date);
  moved.setUTCFullYear(moved.getUTCFullYear() + LATER_YEARS);
  return moved;
}

function startOf(date: Date, timeZone: string): number {
  const start = DateTime.fromObject(
    {
      year: date.getUTCFullYear() - LATER_YEARS,
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
    },
    { zone: timeZone },
  );
  return Math.min(
    ...[start, ...start.getPossibleOffsets()].map(each => each.toSeconds()),
  );
}
