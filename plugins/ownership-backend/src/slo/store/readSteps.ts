import {
  countedRanges,
  sliceLength,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  SliSum,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { excludedSets, joinBuckets, rowsOf, rowSource } from './rowSource';
import { sliceSpans } from './sliceSpans';

const HOUR = 3600;

/** A step with data: `index` counts from the start asked for. */
export interface Step extends SliSum {
  index: number;
}

/**
 * The sums of SLOs over equal steps with one statement; steps without data are
 * left out, and so are buckets that overlap what is excluded. Whole hours are
 * read from hourly buckets, which last longest.
 *
 * @param options - `start` and `stepSeconds`: multiples of 300; `end` excluded
 */
export async function readSteps(options: {
  knex: Knex;
  sloIds: number[];
  definition: SloDefinition;
  start: number;
  end: number;
  stepSeconds: number;
  /** By SLO, in order and apart. */
  excluded?: ReadonlyMap<number, readonly BucketRange[]>;
}): Promise<Map<number, Step[]>> {
  const { knex, sloIds, definition, start, end, stepSeconds } = options;
  const slice = sliceLength(definition);
  const byHour =
    start % HOUR === 0 &&
    stepSeconds % HOUR === 0 &&
    (!slice || slice % HOUR === 0);
  // A slice belongs to the step it starts in. Without slices the inner sums
  // are those of the steps already.
  const unit = slice ?? stepSeconds;
  const origin = slice ? 0 : start;
  const { sets, source } = excludedSets(options);
  const spans = rowSource({
    knex,
    columns: {
      set_no: 'integer',
      seconds: 'integer',
      span_start: 'integer',
      span_end: 'integer',
    },
    rows: sets.flatMap((excluded, set) =>
      countedRanges({
        range: { start, end: byHour ? Math.ceil(end / HOUR) * HOUR : end },
        excluded,
      })
        .flatMap(counted => sliceSpans(counted, byHour ? HOUR : 300))
        .map(span => [set, span.seconds, span.start, span.end]),
    ),
    as: 'spans',
  });
  const given = () =>
    rowSource({
      knex,
      columns: {
        range_start: 'integer',
        step: 'integer',
        unit: 'integer',
        origin: 'integer',
        target: 'double',
      },
      rows: [
        [start, stepSeconds, unit, origin, definition.timeSliceTarget ?? 1],
      ],
      as: 'given',
    });
  const rows: Array<Record<string, number | string>> = rowsOf(
    await knex.raw(
      `with units as (
         select b.slo_id as slo_id,
           (b.start - given.origin) / given.unit * given.unit + given.origin as unit_start,
           sum(b.good) as good, sum(b.total) as total, sum(b.covered) as covered
         from ? cross join ? join ? on spans.set_no = slo.set_no ${joinBuckets(
           knex,
           `b.slo_id = slo.id and b.seconds = spans.seconds
            and b.start >= spans.span_start and b.start < spans.span_end`,
         )}
         group by 1, 2
       )
       select u.slo_id as slo_id,
         (u.unit_start - given.range_start) / given.step as step_no,
         sum(u.good) as good, sum(u.total) as total, sum(u.covered) as covered,
         sum(case when u.total > 0 then 1 else 0 end) as slices,
         sum(case when u.total > 0 and u.good / u.total < given.target then 1 else 0 end) as bad,
         sum(case when u.total > 0 then (u.total - u.good) / u.total else 0 end) as bad_share
       from ? cross join units u
       where u.unit_start >= given.range_start
       group by 1, 2
       order by 1, 2`,
      [source, given(), spans, given()],
    ),
  );
  const steps = new Map<number, Step[]>(sloIds.map(id => [id, []]));
  for (const row of rows) {
    steps.get(Number(row.slo_id))!.push({
      index: Number(row.step_no),
      good: Number(row.good),
      total: Number(row.total),
      coveredSeconds: Number(row.covered),
      ...(slice && {
        slices: {
          count: Number(row.slices),
          bad: Number(
            definition.budgetingMethod === 'RatioTimeslices'
              ? row.bad_share
              : row.bad,
          ),
        },
      }),
    });
  }
  return steps;
}
