import { alertTerms } from './alert/alertTerms';
import { defaultAlerts } from './defaultAlerts';
import { excludedSeconds } from './exclusion/stretches';
import { sliceLength } from './sliceLength';
import type { AlertRow, SloDefinition } from './types';
import { windowBounds } from './windowBounds';

/**
 * A stretch of buckets: those whose start is in [start, end), in seconds
 * since the epoch.
 *
 * @public
 */
export interface BucketRange {
  /** First moment, in seconds since the epoch. */
  start: number;
  /** End, not included, in seconds since the epoch. */
  end: number;
}

/**
 * The stretches an SLO is evaluated over.
 *
 * @public
 */
export interface SloWindows {
  /** End of the data, at most the end of the running bucket; every window ends here. */
  asOf: number;
  /** True where the data ended so long ago that it says nothing about now. */
  stale: boolean;
  /** The window as it is shown. A calendar window goes on to the end of its period. */
  period: BucketRange;
  /** What counts towards the budget so far. */
  main: BucketRange;
  /** The windows of the burn rates, shortest first. */
  burn: Array<BucketRange & { seconds: number }>;
  /** What of them, and of the period, is excluded: in order and apart; absent where nothing is. */
  excluded?: BucketRange[];
}

/** Start of the 5-minute and of the hourly grid. */
const BUCKET = 300;
const HOUR = 3600;

/**
 * Windows longer than this are counted in whole hours: 5-minute buckets are
 * kept only a few days.
 *
 * @public
 */
export const FINE_WINDOW_SECONDS = 3 * 86_400;

/**
 * How old the end of the data may be before it is `no-data`: 90 minutes, so
 * that a source that pushes once an hour is in time.
 *
 * @public
 */
export const STALE_AFTER_SECONDS = 5400;

/**
 * The alert rows that apply to an SLO: its own, or the default rows scaled to
 * its window. Rows longer than the window are left out.
 *
 * @public
 */
export function alertRows(
  definition: Pick<SloDefinition, 'alerts'>,
  windowSeconds: number,
): AlertRow[] {
  return (
    definition.alerts?.filter(row => row.longSeconds <= windowSeconds) ??
    defaultAlerts(windowSeconds)
  );
}

/**
 * Which stretches an SLO is summed over.
 *
 * Every window ends where the data ends, not at the clock: a source that is
 * ten minutes late would otherwise leave the 5-minute window empty and no
 * alert could ever fire. Once the data is stale the windows stay where they
 * are, so that the last figures stay as they were.
 *
 * Time that is excluded is neither data nor no data: it never makes data
 * stale, and where the data ends within it the windows go on to its end, so
 * that no alert fires for what was before a maintenance that still goes on.
 *
 * Law: windows longer than 3 days start at a full hour, sliced ones at a
 * multiple of their slice; nothing older than the window is ever counted.
 *
 * @param options - `lastDataEnd`: end of the latest bucket in seconds since the
 *   epoch; absent where there is none. `excluded`: as `excludedBuckets` gives
 *   it, at least from the start of the window to the end of its period.
 *
 * @public
 */
export function sloWindows(options: {
  definition: SloDefinition;
  now: Date;
  lastDataEnd?: number;
  staleAfterSeconds?: number;
  excluded?: readonly BucketRange[];
}): SloWindows {
  const { definition, now, lastDataEnd, excluded = [] } = options;
  const { staleAfterSeconds = STALE_AFTER_SECONDS } = options;
  const clock = now.getTime() / 1000;
  const running = ceilTo(clock, BUCKET);
  const dataEnd = lastDataEnd ?? running;
  const endsIn = excluded.find(
    ({ start, end }) => start <= dataEnd && dataEnd < end,
  );
  const asOf = Math.min(endsIn?.end ?? dataEnd, running);
  const missing = { start: dataEnd, end: clock };
  const stale =
    lastDataEnd !== undefined &&
    clock - lastDataEnd - excludedSeconds({ range: missing, excluded }) >
      staleAfterSeconds;

  const bounds = windowBounds({
    window: definition.window,
    now:
      definition.window.type === 'rolling' || stale
        ? // The last moment with data belongs to the period that ended with it.
          new Date(
            (definition.window.type === 'rolling' ? asOf : asOf - 1) * 1000,
          )
        : now,
  });
  const windowSeconds = bounds.end - bounds.start;
  // The windows of the default rows always: burn rates are shown, and SLOs
  // compared by them, whatever alerts an SLO has.
  const rows = [
    ...defaultAlerts(windowSeconds),
    ...alertRows(definition, windowSeconds),
  ];
  const lengths = new Set(
    rows.flatMap(row =>
      alertTerms(row).map(({ windowSeconds: seconds }) => seconds),
    ),
  );
  const sliceSeconds = sliceLength(definition);
  const align = (start: number, end: number) =>
    alignRange({ start, end, sliceSeconds });
  const burn = [...lengths]
    .sort((a, b) => a - b)
    .map(seconds => ({ seconds, ...align(asOf - seconds, asOf) }));
  const first = Math.min(bounds.start, ...burn.map(({ start }) => start));
  const last = Math.max(bounds.end, running);
  const left = excluded.filter(({ start, end }) => start < last && end > first);
  return {
    asOf,
    stale,
    period: bounds,
    main: align(bounds.start, Math.min(asOf, bounds.end)),
    burn,
    ...(left.length > 0 && { excluded: left }),
  };
}

function alignRange(options: {
  start: number;
  end: number;
  sliceSeconds?: number;
}): BucketRange {
  const { start, end, sliceSeconds } = options;
  const grid = end - start > FINE_WINDOW_SECONDS ? HOUR : BUCKET;
  const from = ceilTo(start, sliceSeconds ?? grid);
  // Only whole slices are judged.
  const to = sliceSeconds ? floorTo(end, sliceSeconds) : end;
  return { start: from, end: Math.max(from, to) };
}

/**
 * Cuts a range into stretches of 5-minute and of hourly buckets, so that it
 * is summed over as few rows as there can be.
 *
 * Law: if every hourly bucket is the sum of its 5-minute buckets, the sum over
 * the spans is the sum over the range.
 *
 * @public
 */
export function bucketSpans({
  start,
  end,
}: BucketRange): Array<BucketRange & { seconds: 300 | 3600 }> {
  const firstHour = ceilTo(start, HOUR);
  const lastHour = floorTo(end, HOUR);
  const spans =
    firstHour < lastHour
      ? ([
          { seconds: 300, start, end: firstHour },
          { seconds: 3600, start: firstHour, end: lastHour },
          { seconds: 300, start: lastHour, end },
        ] as const)
      : ([{ seconds: 300, start, end }] as const);
  return spans.filter(span => span.start < span.end);
}

function floorTo(seconds: number, step: number): number {
  return Math.floor(seconds / step) * step;
}

function ceilTo(seconds: number, step: number): number {
  return Math.ceil(seconds / step) * step;
}
