import {
  bucketSpans,
  countedRanges,
  sliceLength,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  SliSum,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { excludedSets, joinBuckets, rowSource, rowsOf } from './rowSource';
import { sliceSpans } from './sliceSpans';

/**
 * Sums the buckets of SLOs over ranges with one statement: by SLO, one sum for
 * each range in the order given. All SLOs have the same ranges, and the same
 * slices as `definition`. Buckets that overlap what is excluded of an SLO are
 * left out. An old hour is kept as a sum only: it is left out as a whole.
 *
 * Law: the sums are those of `sumBuckets` over the 5-minute buckets.
 */
export async function sumWindows(options: {
  knex: Knex;
  sloIds: number[];
  definition: SloDefinition;
  ranges: BucketRange[];
  /** By SLO, in order and apart. */
  excluded?: ReadonlyMap<number, readonly BucketRange[]>;
}): Promise<Map<number, SliSum[]>> {
  const { sloIds, definition, ranges } = options;
  const rows = sliceLength(definition)
    ? await sumSlices(options)
    : await sumEvents(options);
  const sums = new Map(
    sloIds.map(id => [
      id,
      ranges.map(
        (): SliSum => ({
          good: 0,
          total: 0,
          coveredSeconds: 0,
          ...(sliceLength(definition) && { slices: { count: 0, bad: 0 } }),
        }),
      ),
    ]),
  );
  for (const row of rows) {
    sums.get(Number(row.slo_id))![Number(row.range_no)] = {
      good: Number(row.good),
      total: Number(row.total),
      coveredSeconds: Number(row.covered),
      ...(row.slices !== undefined && {
        slices: { count: Number(row.slices), bad: Number(row.bad) },
      }),
    };
  }
  return sums;
}

type SumRow = Record<
  'slo_id' | 'range_no' | 'good' | 'total' | 'covered',
  number | string
> &
  Partial<Record<'slices' | 'bad', number | string>>;

async function sumEvents(options: {
  knex: Knex;
  sloIds: number[];
  ranges: BucketRange[];
  excluded?: ReadonlyMap<number, readonly BucketRange[]>;
}): Promise<SumRow[]> {
  const { knex, ranges } = options;
  const { sets, source } = excludedSets(options);
  const spans = rowSource({
    knex,
    columns: {
      set_no: 'integer',
      range_no: 'integer',
      seconds: 'integer',
      range_start: 'integer',
      range_end: 'integer',
    },
    rows: sets.flatMap((excluded, set) =>
      ranges.flatMap((range, index) =>
        countedRanges({ range, excluded })
          .flatMap(bucketSpans)
          .map(({ seconds, start, end }) => [set, index, seconds, start, end]),
      ),
    ),
    as: 'spans',
  });
  return rowsOf(
    await knex.raw(
      `select b.slo_id as slo_id, spans.range_no as range_no,
         sum(b.good) as good, sum(b.total) as total, sum(b.covered) as covered
       from ? join ? on spans.set_no = slo.set_no ${joinBuckets(
         knex,
         `b.slo_id = slo.id and b.seconds = spans.seconds
          and b.start >= spans.range_start and b.start < spans.range_end`,
       )}
       group by b.slo_id, spans.range_no`,
      [source, spans],
    ),
  );
}

async function sumSlices(options: {
  knex: Knex;
  sloIds: number[];
  definition: SloDefinition;
  ranges: BucketRange[];
  excluded?: ReadonlyMap<number, readonly BucketRange[]>;
}): Promise<SumRow[]> {
  const { knex, definition, ranges } = options;
  const slice = sliceLength(definition)!;
  const { sets, source } = excludedSets(options);
  const range = {
    start: Math.min(...ranges.map(({ start }) => start)),
    end: Math.max(...ranges.map(({ end }) => end)),
  };
  const spans = rowSource({
    knex,
    columns: {
      set_no: 'integer',
      seconds: 'integer',
      range_start: 'integer',
      range_end: 'integer',
    },
    rows: sets.flatMap((excluded, set) =>
      countedRanges({ range, excluded })
        .flatMap(counted => sliceSpans(counted, slice))
        .map(({ seconds, start, end }) => [set, seconds, start, end]),
    ),
    as: 'spans',
  });
  const windows = rowSource({
    knex,
    columns: {
      range_no: 'integer',
      range_start: 'integer',
      range_end: 'integer',
    },
    rows: ranges.map(({ start, end }, index) => [index, start, end]),
    as: 'windows',
  });
  return rowsOf(
    await knex.raw(
      `with slices as (
         select b.slo_id as slo_id, b.start / CAST(? AS bigint) as slice_no,
           sum(b.good) as good, sum(b.total) as total, sum(b.covered) as covered
         from ? join ? on spans.set_no = slo.set_no ${joinBuckets(
           knex,
           `b.slo_id = slo.id and b.seconds = spans.seconds
            and b.start >= spans.range_start and b.start < spans.range_end`,
         )}
         group by 1, 2
       )
       select s.slo_id as slo_id, windows.range_no as range_no,
         sum(s.good) as good, sum(s.total) as total, sum(s.covered) as covered,
         sum(case when s.total > 0 then 1 else 0 end) as slices,
         sum(${badOf(definition)}) as bad
       from ? cross join slices s
       where s.slice_no * CAST(? AS bigint) >= windows.range_start
         and s.slice_no * CAST(? AS bigint) < windows.range_end
       group by s.slo_id, windows.range_no`,
      [slice, source, spans, ...badBindings(definition), windows, slice, slice],
    ),
  );
}

// A slice without traffic has no ratio: it is neither good nor bad.
function badOf(definition: SloDefinition): string {
  return definition.budgetingMethod === 'RatioTimeslices'
    ? 'case when s.total > 0 then (s.total - s.good) / s.total else 0 end'
    : 'case when s.total > 0 and s.good / s.total < CAST(? AS double precision) then 1 else 0 end';
}

function badBindings(definition: SloDefinition): number[] {
  return definition.budgetingMethod === 'RatioTimeslices'
    ? []
    : [definition.timeSliceTarget ?? 1];
}
