import { burnDown } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloWindows } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { compositeSteps } from './composite/compositeSteps';
import type { ResolvedComposite } from './composite/readComposite';
import type { WindowGroup } from './groupByWindows';
import { sloSteps } from './sloSteps';

const SPARKLINE_POINTS = 30;

/**
 * The small charts of SLOs that have the same windows: the remaining budget at
 * about 30 equal steps, `null` in a gap; `undefined` where nothing is known.
 */
export async function sloSparklines(options: {
  knex: Knex;
  now: Date;
  slos: WindowGroup['slos'];
  windows: SloWindows;
  composites: ReadonlyMap<number, ResolvedComposite>;
}): Promise<Map<number, Array<number | null> | undefined>> {
  const { knex, now, slos, windows, composites } = options;
  const { start, end } = windows.main;
  if (slos.length === 0) {
    return new Map();
  }
  if (start >= end) {
    return new Map(slos.map(({ id }) => [id, undefined]));
  }
  const range = { knex, start, end, points: SPARKLINE_POINTS };
  const plain = slos.filter(({ id }) => !composites.has(id));
  const steps =
    plain.length > 0
      ? await sloSteps({ ...range, slos: plain })
      : new Map<number, Awaited<ReturnType<typeof compositeSteps>>>();
  for (const { id } of slos) {
    const composite = composites.get(id);
    if (composite) {
      steps.set(id, await compositeSteps({ ...range, composite }));
    }
  }
  return new Map(
    slos.map(slo => {
      const { points, stepSeconds } = steps.get(slo.id)!;
      const line = burnDown({
        points,
        stepSeconds,
        objective: slo.definition.objective,
        window: {
          start: new Date(start * 1000).toISOString(),
          end: new Date(end * 1000).toISOString(),
        },
        now,
      });
      const known = points.some(({ coverage }) => coverage > 0);
      return [
        slo.id,
        known
          ? line.map(({ remaining }) =>
              remaining === undefined
                ? null
                : Math.round(remaining * 1e4) / 1e4,
            )
          : undefined,
      ];
    }),
  );
}
