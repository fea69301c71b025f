import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';
import { endAlerts } from '../alert/store/endAlerts';
import { fineSeconds } from './fineSeconds';
import { lockSlos } from './lockSlos';
import type { SloRow } from './SloRow';

/**
 * Brings the table of SLOs to a complete set of definitions; writes only what
 * differs. An SLO that is gone is marked and loses its status; its buckets
 * stay, and it is the same SLO again if it comes back.
 *
 * @param options - `keep`: components whose definitions could not be read just
 * now; theirs stay as they are
 */
export async function syncSlos(options: {
  knex: Knex;
  definitionsByEntity: ReadonlyMap<string, readonly SloDefinition[]>;
  keep: ReadonlySet<string>;
  now: Date;
}): Promise<{ added: number; changed: number; removed: number }> {
  const { knex, definitionsByEntity, keep, now } = options;
  const rows: SloRow[] = await knex<SloRow>('slos').select('*');
  const stored = new Map(
    rows.map(row => [key(row.entity_ref, row.name), row] as const),
  );

  const added: Array<Partial<SloRow>> = [];
  const changed: Array<{ id: number; definition: SloDefinition }> = [];
  for (const [entityRef, definitions] of definitionsByEntity) {
    for (const definition of definitions) {
      const row = stored.get(key(entityRef, definition.name));
      stored.delete(key(entityRef, definition.name));
      if (!row) {
        added.push({
          entity_ref: entityRef,
          name: definition.name,
          definition: JSON.stringify(definition),
          fine_seconds: fineSeconds(definition),
          revision: 1,
          evaluated_revision: 0,
        });
      } else if (
        row.removed_at !== null ||
        row.definition !== JSON.stringify(definition)
      ) {
        changed.push({ id: row.id, definition });
      }
    }
  }
  const removed = [...stored.values()]
    .filter(row => row.removed_at === null && !keep.has(row.entity_ref))
    .map(row => row.id);

  if (added.length + changed.length + removed.length > 0) {
    await knex.transaction(async tx => {
      await lockSlos(tx, [...changed.map(({ id }) => id), ...removed]);
      for (const slice of inSlices(added)) {
        await tx('slos')
          .insert(slice)
          .onConflict(['entity_ref', 'name'])
          .ignore();
      }
      for (const { id, definition } of changed) {
        await tx('slos')
          .where({ id })
          .update({
            definition: JSON.stringify(definition),
            fine_seconds: fineSeconds(definition),
            removed_at: null,
            revision: tx.raw('revision + 1'),
          });
      }
      for (const slice of inSlices(removed)) {
        await tx('slos')
          .whereIn('id', slice)
          .update({ removed_at: now.toISOString() });
        await tx('slo_statuses').whereIn('slo_id', slice).delete();
      }
      await endAlerts(tx, { sloIds: removed, now });
    });
  }
  return {
    added: added.length,
    changed: changed.length,
    removed: removed.length,
  };
}

function key(entityRef: string, name: string): string {
  return `${entityRef} ${name}`;
}
