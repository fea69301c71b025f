import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/** An SLO as far as a composite needs it. */
export interface MemberSlo {
  id: number;
  entityRef: string;
  definition: SloDefinition;
  /** End of its latest bucket, seconds since the epoch. */
  lastDataEnd?: number;
}

/** All SLOs of the given components, to find members of composites among them. */
export async function readMembers(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<MemberSlo[]> {
  const query = knex('slos')
    .whereNull('removed_at')
    .select('id', 'entity_ref', 'definition', 'last_data_end');
  whereIn(query, 'entity_ref', entityRefs);
  return (await query).map(row => ({
    id: row.id,
    entityRef: row.entity_ref,
    definition: JSON.parse(row.definition),
    lastDataEnd:
      row.last_data_end === null ? undefined : Number(row.last_data_end),
  }));
}
