import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const smallestStep = 300;
const pointsWanted = 300;

const seconds = {
  hour: HOUR,
  sixHours: 6 * HOUR,
  day: DAY,
  week: 7 * DAY,
  days90: 90 * DAY,
};

/** @internal */
export type Range = 'window' | keyof typeof seconds;

/** What to ask the history for. @internal */
export interface HistoryQuery {
  from: string;
  to: string;
  step: number;
}

/**
 * What the charts of a range need: `shown` is what they show; the budget needs
 * what was before as well.
 *
 * @internal
 */
export interface RangeQueries {
  /** First and last moment on the charts, milliseconds since the epoch. */
  from: number;
  to: number;
  shown: HistoryQuery;
  /** What else the budget needs: of the window what was before, or all of it. */
  before?: HistoryQuery;
  /**
   * `burn-down`: from the start of the window; `rolling`: of the window that
   * ends at each moment; `period`: of the present period alone.
   */
  budget: 'burn-down' | 'rolling' | 'period';
}

/**
 * The ranges there are for a window, the shortest first.
 *
 * @internal
 */
export function rangesOf(status: SloStatus): Range[] {
  const length = windowSeconds(status);
  const named = Object.keys(seconds) as Array<keyof typeof seconds>;
  return [
    ...named.filter(range => seconds[range] < length),
    'window',
    // A window may be as long as one of them: then it stands for it.
    ...named.filter(range => seconds[range] > length),
  ];
}

/** @internal */
export function rangeOf(text: string | null, status: SloStatus): Range {
  return rangesOf(status).find(range => range === text) ?? 'window';
}

/**
 * What to ask the history for: about 300 steps, each a multiple of 5 minutes,
 * ending with the evaluation the figures are from.
 *
 * @internal
 */
export function rangeQueries(range: Range, status: SloStatus): RangeQueries {
  const windowStart = Date.parse(status.window.start);
  const to = Math.min(
    Date.parse(status.evaluatedAt),
    Date.parse(status.window.end),
  );
  const from = range === 'window' ? windowStart : to - seconds[range] * 1000;
  const queried = { from, to, budget: 'burn-down' as const };
  if (range === 'window') {
    return { ...queried, shown: query(from, to, stepOf(from, to)) };
  }
  if (from <= windowStart) {
    // Longer than the window: the budget of each moment needs the window
    // before it. That of a calendar period begins anew with each period, and
    // only the present one is known here.
    return status.window.type === 'rolling'
      ? {
          ...queried,
          budget: 'rolling',
          shown: query(
            onHour(from - windowSeconds(status) * 1000),
            to,
            6 * HOUR,
          ),
        }
      : {
          ...queried,
          budget: 'period',
          shown: query(onHour(from), to, stepOf(from, to)),
          before: query(windowStart, to, stepOf(windowStart, to)),
        };
  }
  // Buckets of long ago are hours: the two parts meet at a whole one.
  const meet = Math.max(onHour(from), windowStart);
  return {
    ...queried,
    shown: query(meet, to, stepOf(meet, to)),
    ...(meet > windowStart && {
      before: query(windowStart, meet, 7 * DAY),
    }),
  };
}

function query(from: number, to: number, step: number): HistoryQuery {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    step,
  };
}

function stepOf(from: number, to: number): number {
  const step = (to - from) / 1000 / pointsWanted;
  return Math.max(smallestStep, Math.ceil(step / smallestStep) * smallestStep);
}

function onHour(at: number): number {
  return Math.floor(at / 1000 / HOUR) * HOUR * 1000;
}

/** @internal */
export function windowSeconds(status: SloStatus): number {
  return (
    (Date.parse(status.window.end) - Date.parse(status.window.start)) / 1000
  );
}
