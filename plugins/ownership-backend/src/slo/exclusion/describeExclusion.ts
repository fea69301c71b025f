import { exclusionStretches } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloExclusion } from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import type { StoredExclusion } from '../store/exclusions';

/** How far ahead the next stretch is looked for, in seconds: over a leap day. */
const AHEAD = 5 * 366 * 86_400;

/** An exclusion as the API gives it. */
export function describeExclusion(options: {
  exclusion: StoredExclusion;
  now: Date;
}): SloExclusion {
  const { exclusion, now } = options;
  const { rule, ended } = exclusion;
  const clock = now.getTime() / 1000;
  const next = exclusionStretches({
    exclusions: [exclusion],
    range: { start: clock, end: clock + AHEAD },
  })[0];
  const times =
    rule.type === 'once'
      ? { from: iso(rule.from), to: iso(rule.to) }
      : {
          from: iso(
            DateTime.fromISO(rule.start, { zone: rule.timeZone }).toSeconds(),
          ),
          rrule: rule.rrule,
          durationSeconds: rule.durationSeconds,
          timeZone: rule.timeZone,
          ...(rule.until !== undefined && { until: iso(rule.until) }),
        };
  return {
    id: exclusion.id,
    reason: exclusion.reason,
    ...times,
    state: stateOf({ ended: Boolean(ended), next, clock }),
    ...(next && { next: { from: iso(next.start), to: iso(next.end) } }),
    createdAt: exclusion.createdAt,
    createdBy: exclusion.createdBy,
    ...(ended && {
      endedAt: ended.at,
      endedBy: ended.by,
      endReason: ended.reason,
      ...(ended.withdrawn && { withdrawn: true }),
    }),
  };
}

function stateOf(options: {
  ended: boolean;
  next?: { start: number };
  clock: number;
}): SloExclusion['state'] {
  const { ended, next, clock } = options;
  if (ended) {
    return 'ended';
  }
  if (!next) {
    return 'over';
  }
  return next.start <= clock ? 'running' : 'planned';
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
