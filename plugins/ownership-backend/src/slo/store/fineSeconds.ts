import { sliceLength } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';

const DAY = 86_400;
const HOUR = 3600;

/** Longest alert window of the defaults, and three days beyond. */
const SHORTEST = 6 * DAY;

const unitDays = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };

/**
 * For how long the 5-minute buckets of an SLO are kept, in seconds: six days,
 * or its whole window where its slices are not made of whole hours and can
 * only be judged by them.
 */
export function fineSeconds(definition: SloDefinition): number {
  const slice = sliceLength(definition);
  if (!slice || slice % HOUR === 0) {
    return SHORTEST;
  }
  const { window } = definition;
  const windowSeconds =
    window.type === 'rolling'
      ? window.durationSeconds
      : window.count * unitDays[window.unit] * DAY;
  return Math.max(SHORTEST, windowSeconds + 2 * DAY);
}
