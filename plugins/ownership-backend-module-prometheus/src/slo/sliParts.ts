import type {
  SliBucket,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import { countQuery, ratioQuery, valueQuery } from '../query/bucketQuery';
import type { BucketQuery, BucketSeconds } from '../query/bucketQuery';
import { QueryError } from '../query/parseQuery';

/** What is asked to know the buckets of an SLO, by what it stands for. */
export interface SliParts {
  queries: Array<{ part: string; query: BucketQuery }>;
  /** Length of the buckets, which may be shorter than asked for. */
  seconds: BucketSeconds;
  /**
   * Makes a bucket of the values of the queries at its end; undefined where
   * there is no data.
   */
  toCounts(
    values: Array<number | undefined>,
  ): Pick<SliBucket, 'good' | 'total'> | undefined;
}

/**
 * Maps the indicator of an SLO to queries.
 *
 * @throws QueryError that says which query is wrong and where it was written
 */
export function sliParts(
  definition: SloDefinition,
  seconds: BucketSeconds,
): SliParts {
  const { good, bad, total, counter, raw, threshold } =
    definition.indicator ?? {};
  const read = <T>(part: string, make: () => T): T => {
    try {
      return make();
    } catch (error) {
      if (error instanceof QueryError) {
        throw new QueryError(
          `The ${part} query at ${definition.origin.path} of ${definition.origin.entityRef} cannot be asked: ${error.message}`,
        );
      }
      throw error;
    }
  };
  const counted = good ?? bad;
  if (total !== undefined && counted !== undefined) {
    const part = good !== undefined ? 'good' : 'bad';
    return {
      seconds,
      queries: [
        {
          part,
          query: read(part, () => countQuery(counted, seconds, { counter })),
        },
        {
          part: 'total',
          query: read('total', () => countQuery(total, seconds, { counter })),
        },
      ],
      toCounts: ([some, all]) => countsOf({ part, some, all }),
    };
  }
  if (raw) {
    const query = read('raw', () => ratioQuery(raw.query, seconds));
    if (!query) {
      return sliParts(definition, 300);
    }
    return {
      seconds,
      queries: [{ part: 'raw', query }],
      toCounts: ([ratio]) => shareOf(ratio, raw.type, seconds),
    };
  }
  if (threshold?.op && threshold.value !== undefined) {
    const { query, op, value } = threshold;
    return {
      seconds: 300,
      queries: [
        {
          part: 'threshold',
          query: read('threshold', () => valueQuery(query, op)),
        },
      ],
      toCounts: ([measured]) => verdictOf(measured, op, value),
    };
  }
  throw new QueryError(
    threshold
      ? 'A thresholdMetric needs op (lte, gte, lt or gt) and value beside the target of its objective'
      : 'The indicator needs total and one of good and bad, or raw, or a thresholdMetric',
  );
}

/** Absent good or bad events are none; absent totals are no data. */
function countsOf(options: {
  part: 'good' | 'bad';
  some?: number;
  all?: number;
}) {
  const { part, some = 0, all } = options;
  if (all === undefined || !Number.isFinite(all) || !Number.isFinite(some)) {
    return undefined;
  }
  const total = Math.max(0, all);
  // Scraped at different moments, a part may be a little more than the whole.
  const share = Math.min(total, Math.max(0, some));
  return { total, good: part === 'good' ? share : total - share };
}

/** A ratio counts as one event in 5 minutes; 0/0 is no traffic. */
function shareOf(
  ratio: number | undefined,
  type: 'success' | 'failure',
  seconds: BucketSeconds,
) {
  if (ratio === undefined) {
    return undefined;
  }
  const total = Number.isFinite(ratio) ? seconds / 300 : 0;
  const share = Math.min(1, Math.max(0, ratio)) * total || 0;
  return { total, good: type === 'success' ? share : total - share };
}

/** A value counts as one event; one that is undefined (0/0) as none. */
function verdictOf(
  measured: number | undefined,
  op: 'lte' | 'gte' | 'lt' | 'gt',
  value: number,
) {
  if (measured === undefined) {
    return undefined;
  }
  if (Number.isNaN(measured)) {
    return { good: 0, total: 0 };
  }
  const isGood = {
    lte: measured <= value,
    gte: measured >= value,
    lt: measured < value,
    gt: measured > value,
  }[op];
  return { good: isGood ? 1 : 0, total: 1 };
}
