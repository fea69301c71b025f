import { describeSloChange } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { breathe } from '../../drift/scan/breathe';
import { inSlices } from '../../drift/store/inSlices';
import { endAlerts } from '../alert/store/endAlerts';
import { fineSeconds } from './fineSeconds';
import { lockSlos } from './lockSlos';
import type { SloRow } from './SloRow';
import { compositesOf, markChanged } from './touchComposites';

/**
 * Brings the SLOs of one origin to a complete set of definitions; writes only
 * what differs. An SLO that is gone is marked and loses its status; its buckets
 * stay, and it is the same SLO again if it comes back. Composites it is part
 * of are due.
 *
 * Law: one that was written wins over one that was discovered, and no origin
 * removes the SLOs of another.
 *
 * @param options - `keep`: components whose definitions could not be read just
 * now; theirs stay as they are. `discoveredBy`: source and server; absent for
 * those that are written in contracts and the catalog
 * @returns what was done; `taken` are definitions that were left out because
 * another origin has an SLO of their name
 */
export async function syncSlos(options: {
  knex: Knex;
  definitionsByEntity: ReadonlyMap<string, readonly SloDefinition[]>;
  keep: ReadonlySet<string>;
  discoveredBy?: string;
  now: Date;
}): Promise<{
  added: number;
  changed: number;
  removed: number;
  taken: Array<{ entityRef: string; name: string }>;
}> {
  const { knex, definitionsByEntity, keep, now } = options;
  const origin = options.discoveredBy ?? null;
  const rows: SloRow[] = await knex<SloRow>('slos').select('*');
  const stored = new Map(
    rows.map(row => [key(row.entity_ref, row.name), row] as const),
  );

  const added: Array<Partial<SloRow>> = [];
  const changed: Array<{
    id: number;
    definition: SloDefinition;
    /** In words, where it promises something else than before. */
    change?: string;
  }> = [];
  const taken: Array<{ entityRef: string; name: string }> = [];
  let index = 0;
  for (const [entityRef, definitions] of definitionsByEntity) {
    await breathe(index++);
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
          discovered_by: origin,
        });
      } else if (
        origin !== null &&
        row.removed_at === null &&
        row.discovered_by !== origin
      ) {
        taken.push({ entityRef, name: definition.name });
      } else if (
        row.removed_at !== null ||
        row.discovered_by !== origin ||
        row.definition !== JSON.stringify(definition)
      ) {
        changed.push({
          id: row.id,
          definition,
          change: describeSloChange({
            before: JSON.parse(row.definition),
            after: definition,
          }),
        });
      }
    }
  }
  const removed = [...stored.values()]
    .filter(
      row =>
        row.removed_at === null &&
        row.discovered_by === origin &&
        !keep.has(row.entity_ref),
    )
    .map(row => row.id);

  if (added.length + changed.length + removed.length > 0) {
    await knex.transaction(async tx => {
      const above = await compositesOf(tx, removed);
      await lockSlos(tx, [
        ...new Set([...changed.map(({ id }) => id), ...removed, ...above]),
      ]);
      for (const slice of inSlices(added)) {
        await tx('slos')
          .insert(slice)
          .onConflict(['entity_ref', 'name'])
          .ignore();
      }
      for (const { id, definition } of changed) {
        const row = tx('slos').where({ id });
        if (origin !== null) {
          // A scan may have taken it over in between.
          row.where(own =>
            own.whereNotNull('removed_at').orWhere('discovered_by', origin),
          );
        }
        await row.update({
          definition: JSON.stringify(definition),
          fine_seconds: fineSeconds(definition),
          removed_at: null,
          discovered_by: origin,
          revision: tx.raw('revision + 1'),
        });
      }
      const changes = changed.flatMap(({ id, change }) =>
        change ? [{ slo_id: id, at: now.toISOString(), change }] : [],
      );
      for (const slice of inSlices(changes)) {
        await tx('slo_changes').insert(slice);
      }
      for (const slice of inSlices(removed)) {
        await tx('slos')
          .whereIn('id', slice)
          .update({ removed_at: now.toISOString() });
        await tx('slo_statuses').whereIn('slo_id', slice).delete();
      }
      await markChanged(tx, above);
      await endAlerts(tx, { sloIds: removed, now });
    });
  }
  return {
    added: added.length,
    changed: changed.length,
    removed: removed.length,
    taken,
  };
}

function key(entityRef: string, name: string): string {
  return `${entityRef} ${name}`;
}
