import {
  excludedSeconds,
  sliceLength,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  SloDefinition,
  SloHistory,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readSteps } from './store/readSteps';

const BUCKET = 300;
const HOUR = 3600;
const DAY = 86_400;

/**
 * The history of SLOs of one kind of slices in equal steps without a gap:
 * steps without data have a coverage of 0.
 *
 * @param options - `start`, `end`: seconds since the epoch. `points`: about
 * how many steps are wanted; `stepSeconds` says it exactly
 */
export async function sloSteps(options: {
  knex: Knex;
  slos: Array<{
    id: number;
    definition: SloDefinition;
    /** In order and apart. */
    excluded?: readonly BucketRange[];
  }>;
  start: number;
  end: number;
  points: number;
  stepSeconds?: number;
}): Promise<
  Map<number, { points: SloHistory['points']; stepSeconds: number }>
> {
  const { knex, slos } = options;
  const end = Math.ceil(options.end);
  const stepSeconds =
    options.stepSeconds ??
    fittingStep((end - options.start) / options.points, end - options.start);
  const grid =
    sliceLength(slos[0].definition) ??
    (stepSeconds % HOUR === 0 ? HOUR : BUCKET);
  const start = Math.floor(options.start / grid) * grid;
  const steps = await readSteps({
    knex,
    sloIds: slos.map(({ id }) => id),
    definition: slos[0].definition,
    start,
    end,
    stepSeconds,
    excluded: new Map(slos.map(({ id, excluded = [] }) => [id, excluded])),
  });
  const count = Math.max(0, Math.ceil((end - start) / stepSeconds));
  return new Map(
    slos.map(({ id, excluded = [] }) => {
      const byIndex = new Map(
        steps.get(id)!.map(step => [step.index, step] as const),
      );
      const points = Array.from({ length: count }, (_, index) => {
        const step = byIndex.get(index);
        const at = start + index * stepSeconds;
        const seconds = Math.min(stepSeconds, end - at);
        const left = excludedSeconds({
          range: { start: at, end: at + seconds },
          excluded,
        });
        return {
          start: new Date(at * 1000).toISOString(),
          good: step?.good ?? 0,
          total: step?.total ?? 0,
          // Time that is excluded is neither covered nor missing.
          coverage:
            left < seconds
              ? Math.min(1, (step?.coveredSeconds ?? 0) / (seconds - left))
              : 0,
          ...(left > 0 && { excludedSeconds: left }),
          ...(step?.slices && { slices: step.slices }),
        };
      });
      return [id, { points, stepSeconds }];
    }),
  );
}

/** Up to three days in 5-minute steps, beyond in whole hours, as buckets are kept. */
export function fittingStep(wanted: number, range: number): number {
  const grid = range > 3 * DAY ? HOUR : BUCKET;
  return Math.max(grid, Math.ceil(wanted / grid) * grid);
}
