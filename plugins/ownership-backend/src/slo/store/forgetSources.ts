import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';

/**
 * Forgets how far SLOs were read from a source that does not read them any
 * more, and its errors with it.
 */
export async function forgetSources(
  knex: Knex,
  sloIds: number[],
): Promise<void> {
  for (const slice of inSlices(sloIds)) {
    await knex.transaction(async tx => {
      await tx('slos')
        .whereIn('id', slice)
        .update({ revision: tx.raw('revision + 1') });
      await tx('sli_sources').whereIn('slo_id', slice).delete();
    });
  }
}
