import { IANAZone, DateTime } from 'luxon';
import { plainText } from '../format/SloReader';
import { checkRecurrence } from './checkRecurrence';
import { firstStart } from './expandExclusion';
import type { ExclusionRequest } from './schema';
import { exclusionLimits } from './types';
import type { ExclusionRule } from './types';

const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a wish to exclude time. `message` says what is wrong and what is
 * accepted; nothing that comes out of it takes long to expand.
 *
 * @public
 */
export function checkExclusion(options: {
  request: ExclusionRequest;
  now: Date;
}): { rule: ExclusionRule; reason: string } | { message: string } {
  const { request, now } = options;
  const reason = plainText(request.reason, 500);
  if (!reason) {
    return { message: 'reason must say why the time does not count' };
  }
  const rule =
    request.rrule === undefined
      ? checkOnce(request, now)
      : checkRecurring(request, now);
  return 'message' in rule ? rule : { rule, reason };
}

function checkOnce(
  request: ExclusionRequest,
  now: Date,
): ExclusionRule | { message: string } {
  for (const key of ['durationSeconds', 'timeZone', 'until'] as const) {
    if (request[key] !== undefined) {
      return { message: `${key} is only for an exclusion with rrule` };
    }
  }
  const from = moment(request.from);
  const to = moment(request.to);
  if (from === undefined || to === undefined) {
    return {
      message: `${
        from === undefined ? 'from' : 'to'
      } must be a moment as ISO 8601 with a zone, for example 2026-11-22T02:00:00Z`,
    };
  }
  const seconds = to - from;
  const { minSeconds, maxSeconds } = exclusionLimits;
  if (seconds < minSeconds || seconds > maxSeconds) {
    return {
      message: `to must be ${minSeconds / 60} minutes to ${
        maxSeconds / 86_400
      } days after from`,
    };
  }
  return (
    outOfReach(from, now, exclusionLimits.maxPastSeconds) ?? {
      type: 'once',
      from,
      to,
    }
  );
}

function checkRecurring(
  request: ExclusionRequest,
  now: Date,
): ExclusionRule | { message: string } {
  const { durationSeconds = NaN, timeZone = '' } = request;
  if (request.to !== undefined) {
    return {
      message: 'to is only for an exclusion without rrule; write until',
    };
  }
  if (!IANAZone.isValidZone(timeZone)) {
    return { message: 'timeZone must be an IANA zone such as Europe/Berlin' };
  }
  const { minSeconds, maxRecurringSeconds } = exclusionLimits;
  if (
    !Number.isInteger(durationSeconds) ||
    durationSeconds < minSeconds ||
    durationSeconds > maxRecurringSeconds
  ) {
    return {
      message: `durationSeconds must be a whole number from ${minSeconds} to ${maxRecurringSeconds}, the length of each`,
    };
  }
  const until = moment(request.until);
  if (request.until !== undefined && until === undefined) {
    return {
      message:
        'until must be a moment as ISO 8601 with a zone, for example 2027-01-01T00:00:00Z',
    };
  }
  const recurrence = checkRecurrence(request.rrule!);
  if ('message' in recurrence) {
    return recurrence;
  }
  const start = recurrence.start ?? localOf(request.from, timeZone);
  if (start === undefined) {
    return {
      message:
        'from must be the first start as ISO 8601 with a zone, or the rrule must begin with DTSTART:20261122T020000',
    };
  }
  const rule: ExclusionRule = {
    type: 'recurring',
    rrule: recurrence.rrule,
    start,
    durationSeconds,
    timeZone,
    ...(until !== undefined && { until }),
  };
  const begin = DateTime.fromISO(start, { zone: timeZone }).toSeconds();
  const unreachable = outOfReach(
    begin,
    now,
    exclusionLimits.maxRecurringPastSeconds,
  );
  if (unreachable) {
    return unreachable;
  }
  const first = firstStart(rule);
  return first === undefined || first > (until ?? Infinity)
    ? {
        message:
          'rrule has no occurrence within two years of its start: see its BY… parts, UNTIL and until',
      }
    : rule;
}

function outOfReach(
  from: number,
  now: Date,
  maxPastSeconds: number,
): { message: string } | undefined {
  const clock = now.getTime() / 1000;
  const earliest = clock - maxPastSeconds;
  const latest = clock + exclusionLimits.maxFutureSeconds;
  // Written this way round for the year 10000, which is no number here.
  return from >= earliest && from <= latest
    ? undefined
    : {
        message: `it must begin from ${day(earliest)} to ${day(latest)}`,
      };
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function moment(text: string | undefined): number | undefined {
  const milliseconds = text && zoned.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(milliseconds)
    ? undefined
    : Math.floor(milliseconds / 1000);
}

function localOf(
  text: string | undefined,
  timeZone: string,
): string | undefined {
  const seconds = moment(text);
  return seconds === undefined
    ? undefined
    : DateTime.fromSeconds(seconds, { zone: timeZone }).toFormat(
        "yyyy-MM-dd'T'HH:mm:ss",
      );
}
