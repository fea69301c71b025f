import type { TrendPoint } from '@service-ownership/backstage-plugin-ownership-react';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * Orphaned and at-risk components by day, oldest first.
 *
 * @internal
 */
export function trendPoints(overview: Overview): TrendPoint[] {
  const points = new Map<string, TrendPoint>();
  (['orphaned', 'atRisk'] as const).forEach(name =>
    overview[name].trend.forEach(({ at, value }) => {
      const point = points.get(at) ?? { at, values: {} };
      point.values[name] = value;
      points.set(at, point);
    }),
  );
  return [...points.values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}
