import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';

interface MemberRow {
  composite_id: number;
  entity_ref: string;
  slo: string;
}

/** Brings the table of members to what the definitions say; writes only what differs. */
export async function syncMembers(knex: Knex): Promise<void> {
  await knex.transaction(async tx => {
    const composites: Array<{
      id: number;
      entity_ref: string;
      definition: string;
    }> = await tx('slos')
      .whereNull('removed_at')
      .where('definition', 'like', '%"members":[%')
      .orderBy('id')
      .forUpdate()
      .select('id', 'entity_ref', 'definition');
    const wanted = new Map<string, MemberRow>();
    for (const { id, entity_ref: own, definition } of composites) {
      const { members = [] }: SloDefinition = JSON.parse(definition);
      for (const { entityRef = own, slo } of members) {
        const row = { composite_id: id, entity_ref: entityRef, slo };
        wanted.set(keyOf(row), row);
      }
    }
    const stored: MemberRow[] = await tx('slo_members').select(
      'composite_id',
      'entity_ref',
      'slo',
    );
    for (const row of stored) {
      if (!wanted.delete(keyOf(row))) {
        await tx('slo_members').where(row).delete();
      }
    }
    for (const slice of inSlices([...wanted.values()])) {
      await tx('slo_members').insert(slice).onConflict().ignore();
    }
  });
}

function keyOf({ composite_id: id, entity_ref: ref, slo }: MemberRow): string {
  return `${id} ${ref} ${slo}`;
}
