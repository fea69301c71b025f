import {
  excludedBuckets,
  exclusionStretches,
  sloWindows,
  windowBounds,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  Exclusion,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';

/** How far ahead is looked for the next change, in seconds: 8 days. */
const AHEAD = 8 * 86_400;

/**
 * The time that is excluded from the windows of an SLO, and when that changes
 * next: an exclusion begins or ends.
 */
export function excludedTime(options: {
  definition: SloDefinition;
  exclusions: readonly Exclusion[];
  now: Date;
  lastDataEnd?: number;
}): { excluded: BucketRange[]; changesAt?: number } {
  const { definition, exclusions, now } = options;
  if (exclusions.length === 0) {
    return { excluded: [] };
  }
  const clock = now.getTime() / 1000;
  const { main, burn, period } = sloWindows(options);
  const excluded = excludedBuckets(
    exclusionStretches({
      exclusions,
      range: {
        start: Math.min(
          main.start,
          period.start,
          ...burn.map(({ start }) => start),
        ),
        end: Math.max(
          period.end,
          windowBounds({ window: definition.window, now }).end,
          clock + AHEAD,
        ),
      },
    }),
  );
  const changes = excluded
    .flatMap(({ start, end }) => [start, end])
    .filter(moment => moment > clock);
  return {
    excluded,
    // What begins later than that is found in time by looking again.
    changesAt: Math.min(...changes, clock + AHEAD / 2),
  };
}
