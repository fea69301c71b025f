import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';

/**
 * Drops what was read from sources for SLOs whose query is another one now:
 * where the new query has no data, the counts of the old one must not stand.
 * Pushed samples stay.
 *
 * Law: after it, an hour with 5-minute buckets is their sum.
 *
 * @param tx - a transaction that holds the locks of the SLOs
 */
export async function dropReadBuckets(
  tx: Knex,
  sloIds: readonly number[],
): Promise<void> {
  for (const slice of inSlices(sloIds)) {
    await tx('sli_buckets')
      .whereIn('slo_id', slice)
      // Of those older than the column nobody knows; they may have been pushed.
      .where('pushed', 0)
      .delete();
    // Hours that were pushed in part are what is left of them.
    const ids = slice.map(() => '?').join(', ');
    await tx.raw(
      `insert into sli_buckets (slo_id, seconds, start, good, total, covered, pushed)
       select slo_id, 3600, start / 3600 * 3600,
         sum(good), sum(total), sum(covered), max(pushed)
       from sli_buckets
       where slo_id in (${ids}) and seconds = 300
       group by slo_id, start / 3600
       on conflict (slo_id, seconds, start) do update set
         good = excluded.good, total = excluded.total, covered = excluded.covered`,
      [...slice],
    );
    await tx('slos')
      .whereIn('id', slice)
      .update({
        revision: tx.raw('revision + 1'),
        last_data_end: tx('sli_buckets')
          .whereRaw('slo_id = slos.id')
          .max(tx.raw('start + covered')),
      });
  }
}
