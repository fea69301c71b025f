import type { SloWindow } from '../types';
import {
  durationShorthandHint,
  durationShorthandSeconds,
  parseDurationShorthand,
} from './durationShorthand';
import { readFieldNames } from './readFieldNames';
import { describeValue, isMapping } from './SloReader';
import type { ReadingNotes } from './SloReader';

/**
 * Shortest and longest window in seconds: the alert table means nothing below
 * a day, and hourly sums are kept a little more than a year.
 *
 * @public
 */
export const sloWindowLimits = {
  minSeconds: 86_400,
  maxSeconds: 366 * 86_400,
} as const;

const rolling28Days: SloWindow = {
  type: 'rolling',
  duration: '28d',
  durationSeconds: 28 * 86_400,
};

/**
 * Reads `spec.timeWindow` of OpenSLO: a list of one. Gives `undefined` after
 * a problem.
 *
 * @internal
 */
export function readTimeWindow(options: {
  value: unknown;
  path: string;
  notes: ReadingNotes;
}): SloWindow | undefined {
  const { value, path, notes } = options;
  if (value === undefined) {
    notes.warning('No timeWindow is written: a rolling window of 28d is used.');
    return rolling28Days;
  }
  const items = Array.isArray(value) ? value : [value];
  const [item] = items;
  if (items.length !== 1 || !isMapping(item)) {
    notes.problem(
      path,
      `Expected a list of exactly one time window such as [{ duration: 28d, isRolling: true }], got ${
        Array.isArray(value) ? `${value.length} items` : describeValue(value)
      }.`,
    );
    return undefined;
  }
  readFieldNames({ mapping: item, of: 'timeWindow', notes });
  const at = Array.isArray(value) ? `${path}[0]` : path;
  const duration = parseDurationShorthand(item.duration);
  if (!duration) {
    notes.problem(
      `${at}.duration`,
      `Expected ${durationShorthandHint}, got ${describeValue(item.duration)}.`,
    );
    return undefined;
  }
  const seconds = durationShorthandSeconds(duration);
  if (
    seconds < sloWindowLimits.minSeconds ||
    seconds > sloWindowLimits.maxSeconds
  ) {
    notes.problem(
      `${at}.duration`,
      `A window lasts from 1d to 366d, got ${describeValue(item.duration)}.`,
    );
    return undefined;
  }
  const text = item.duration as string;
  if (item.calendar !== undefined && item.isRolling !== true) {
    return readCalendar({ ...duration, text, item, at, notes });
  }
  if (item.calendar !== undefined) {
    notes.warning(
      'The time window says isRolling: true and has a calendar: the calendar is not used.',
    );
  } else if (item.isRolling !== true) {
    notes.warning(
      'The time window has no calendar and does not say isRolling: true: it is taken as rolling.',
    );
  }
  if (['month', 'quarter', 'year'].includes(duration.unit)) {
    notes.warning(
      `A rolling window of ${text} is taken as ${
        seconds / 86_400
      } days; write a calendar for real months, quarters and years.`,
    );
  }
  return { type: 'rolling', duration: text, durationSeconds: seconds };
}

function readCalendar(options: {
  count: number;
  unit: string;
  text: string;
  item: Record<string, unknown>;
  at: string;
  notes: ReadingNotes;
}): SloWindow | undefined {
  const { count, unit, text, item, at, notes } = options;
  if (unit === 'minute' || unit === 'hour') {
    notes.problem(
      `${at}.duration`,
      `A calendar window is counted in d, w, M, Q or Y, got ${text}.`,
    );
    return undefined;
  }
  const calendar = isMapping(item.calendar) ? item.calendar : {};
  readFieldNames({ mapping: calendar, of: 'calendar', notes });
  const startTime = readStartTime(calendar.startTime);
  if (!startTime) {
    notes.problem(
      `${at}.calendar.startTime`,
      `Expected a local date and time such as 2026-01-01 00:00:00, got ${describeValue(
        calendar.startTime,
      )}.`,
    );
  }
  const timeZone = calendar.timeZone;
  const knownZone = typeof timeZone === 'string' && isTimeZone(timeZone);
  if (!knownZone) {
    notes.problem(
      `${at}.calendar.timeZone`,
      `Expected a time zone of the IANA database such as Europe/Berlin, got ${describeValue(
        timeZone,
      )}.`,
    );
  }
  return startTime && knownZone
    ? {
        type: 'calendar',
        duration: text,
        unit: unit as Extract<SloWindow, { type: 'calendar' }>['unit'],
        count,
        startTime,
        timeZone,
      }
    : undefined;
}

// OpenSLO writes `2020-01-21 12:30:00`; unquoted dates arrive from YAML
// readers as dates, with a T or with a Z that is not meant as one.
function readStartTime(value: unknown): string | undefined {
  const text =
    value instanceof Date && !Number.isNaN(value.getTime())
      ? value.toISOString()
      : value;
  const match =
    typeof text === 'string'
      ? /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:\.\d+)?Z?)?$/.exec(
          text.trim(),
        )
      : null;
  if (!match) {
    return undefined;
  }
  const normal = `${match[1]}T${match[2] ?? '00:00'}:${match[3] ?? '00'}`;
  const moment = new Date(`${normal}Z`);
  // 2026-02-30 parses as 2 March: only a date that reads back the same is one.
  return !Number.isNaN(moment.getTime()) &&
    moment.toISOString().startsWith(normal)
    ? normal
    : undefined;
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
