import { DateTime } from 'luxon';
import type { SloWindow } from './types';

/**
 * Start and end of a window at a moment, in seconds since the epoch.
 *
 * - rolling: [now - W, now].
 * - calendar: the period now is in, [start, end). Periods follow one another
 *   from `startTime` in the window's zone with the real lengths of days,
 *   months, quarters and years; they go on into the past as well.
 *
 * @public
 */
export function windowBounds(options: { window: SloWindow; now: Date }): {
  start: number;
  end: number;
} {
  const { window, now } = options;
  if (window.type === 'rolling') {
    const end = now.getTime() / 1000;
    return { start: end - window.durationSeconds, end };
  }
  const { unit, count } = window;
  const first = DateTime.fromISO(window.startTime, { zone: window.timeZone });
  const moment = DateTime.fromJSDate(now, { zone: window.timeZone });
  // Every period is reckoned from the first one, never from its neighbour: the
  // month after 31 January to 28 February starts on 31 March again.
  const startOf = (period: number) =>
    first.plus({ [`${unit}s`]: period * count });
  let period = Math.floor(
    moment.diff(first, `${unit}s`).as(`${unit}s`) / count,
  );
  // The difference in months is rounded at their ends; step to the period
  // that holds the moment.
  while (startOf(period) > moment) {
    period -= 1;
  }
  while (startOf(period + 1) <= moment) {
    period += 1;
  }
  return {
    start: startOf(period).toSeconds(),
    end: startOf(period + 1).toSeconds(),
  };
}
