import { sampleLimits } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readCutHours } from './readCutHours';
import { rowSource } from './rowSource';

const HOUR = 3600;
const DAY_MS = 86_400_000;

/** For how long an SLO that nothing defines any more keeps its buckets. */
const REMOVED_DAYS = 30;
/** For how long the replay of a push is recognised. */
const PUSH_DAYS = 7;

/**
 * Drops what is not kept any longer: 5-minute buckets whose hours stand for
 * them (unless an exclusion cuts the hour), hours and changes of alerts and
 * definitions older than 400 days, SLOs that were removed a month ago, and old
 * idempotency keys.
 */
export async function dropOldBuckets(options: {
  knex: Knex;
  now: Date;
}): Promise<void> {
  const { knex, now } = options;
  const clock = Math.floor(now.getTime() / 1000);
  const cut = rowSource({
    knex,
    columns: { slo_id: 'integer', start: 'integer' },
    rows: await readCutHours({ knex, now }),
    as: 'cut',
  });
  const lengths = await knex('slos').distinct('fine_seconds');
  for (const { fine_seconds: seconds } of lengths) {
    await knex('sli_buckets')
      .where('seconds', 300)
      .where('start', '<', fineFrom({ now, fineSeconds: seconds }))
      .whereIn(
        'slo_id',
        knex('slos').where('fine_seconds', seconds).select('id'),
      )
      .whereRaw(
        '(slo_id, start - start % 3600) not in (select cut.slo_id, cut.start from ?)',
        [cut],
      )
      .delete();
  }
  await knex('sli_buckets')
    .where('seconds', HOUR)
    .where('start', '<', clock - sampleLimits.retentionSeconds - HOUR)
    .whereIn('slo_id', knex('slos').select('id'))
    .delete();

  const gone = await knex('slos')
    .where('removed_at', '<', before(now, REMOVED_DAYS * DAY_MS))
    .select('id');
  for (const { id } of gone) {
    await knex.transaction(async tx => {
      await tx('sli_buckets').where('slo_id', id).delete();
      await tx('sli_sources').where('slo_id', id).delete();
      await tx('slo_exclusions').where('slo_id', id).delete();
      await tx('slo_members').where('composite_id', id).delete();
      await tx('slo_changes').where('slo_id', id).delete();
      await tx('slos').where({ id }).whereNotNull('removed_at').delete();
    });
  }
  for (const history of ['slo_alert_changes', 'slo_changes']) {
    await knex(history)
      .where('at', '<', before(now, sampleLimits.retentionSeconds * 1000))
      .delete();
  }
  await knex('sli_pushes')
    .where('pushed_at', '<', before(now, PUSH_DAYS * DAY_MS))
    .delete();
}

function before(now: Date, milliseconds: number): string {
  return new Date(now.getTime() - milliseconds).toISOString();
}

/** Start of the 5-minute buckets that are kept, a full hour in seconds since the epoch. */
export function fineFrom(options: { now: Date; fineSeconds: number }): number {
  const clock = options.now.getTime() / 1000;
  return Math.floor((clock - options.fineSeconds) / HOUR) * HOUR;
}
