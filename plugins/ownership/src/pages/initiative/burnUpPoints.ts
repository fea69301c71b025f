import type { TrendPoint } from '@service-ownership/backstage-plugin-ownership-react';
import { idealShare } from '@service-ownership/backstage-plugin-ownership-common';
import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The points of a burn-up chart: what met the goal on each day, and the ideal
 * line from the start to the due date over what counts today.
 *
 * @internal
 */
export function burnUpPoints(
  initiative: Pick<Initiative, 'points' | 'startsAt' | 'dueAt' | 'figures'>,
): TrendPoint[] {
  const { points, startsAt, dueAt, figures } = initiative;
  const met = new Map(
    points.map(point => [`${point.day}T12:00:00.000Z`, point.met]),
  );
  return [...new Set([startsAt, ...met.keys(), dueAt])]
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .map(at => {
      const moment = Date.parse(at);
      const inTime =
        moment >= Date.parse(startsAt) && moment <= Date.parse(dueAt);
      return {
        at,
        values: {
          met: met.get(at),
          ideal: inTime
            ? idealShare({ startsAt, dueAt, points, at: new Date(at) }) *
              figures.counted
            : undefined,
        },
      };
    });
}
