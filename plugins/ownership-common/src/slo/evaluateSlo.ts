import { evaluateSums } from './evaluateSums';
import type { SloStatus } from './schema';
import { sloWindows } from './sloWindows';
import type { BucketRange } from './sloWindows';
import { sumBuckets } from './sumBuckets';
import type { SliBucket, SloDefinition } from './types';

/**
 * Evaluates an SLO from its buckets: one call of each step that the backend
 * takes with sums from the database.
 *
 * @param options - `buckets`: in any order, not overlapping. `previous`: the
 *   status before this one; alerts that go on firing keep their `since`.
 *
 * @public
 */
export function evaluateSlo(options: {
  definition: SloDefinition;
  buckets: readonly SliBucket[];
  now: Date;
  entityRef: string;
  previous?: SloStatus;
  staleAfterSeconds?: number;
  excluded?: readonly BucketRange[];
}): SloStatus {
  const { definition, buckets, now, staleAfterSeconds, excluded } = options;
  const lastDataEnd = buckets.reduce<number | undefined>(
    (latest, { start, seconds }) => Math.max(latest ?? 0, start + seconds),
    undefined,
  );
  const windows = sloWindows({
    definition,
    now,
    lastDataEnd,
    staleAfterSeconds,
    excluded,
  });
  return evaluateSums({
    ...options,
    windows,
    sums: sumBuckets({ definition, windows, buckets }),
    lastDataEnd,
    alertMemory: options.previous?.alerts,
  });
}
