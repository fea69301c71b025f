import type {
  FindingEvent,
  FindingState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { FindingRow } from './FindingRow';

/**
 * Changes one finding on behalf of somebody and writes it into its time line,
 * both or neither. False if the finding is not in one of the states `from` any
 * more; then nothing is written.
 */
export async function changeFinding(options: {
  knex: Knex;
  id: string;
  from: FindingState[];
  set: Partial<FindingRow>;
  event: FindingEvent;
}): Promise<boolean> {
  const { knex, id, from, set, event } = options;
  return knex.transaction(async tx => {
    const changed = await tx<FindingRow>('findings')
      .where({ id })
      .whereIn('state', from)
      .update(set);
    if (changed > 0) {
      await tx('finding_events').insert({
        finding_id: id,
        at: event.at,
        type: event.type,
        by: event.by ?? null,
        detail: event.detail ?? null,
      });
    }
    return changed > 0;
  });
}
