import type { Entity } from '@backstage/catalog-model';
import {
  ownerPatch,
  type HandoverDetail,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import type { ComponentDocument } from '../drift/ComponentDocument';

/**
 * Components whose one owner, by the last scan, is not the new team, with what
 * to write into their catalog files.
 */
export async function toMove(
  knex: Knex,
  options: { entityRefs: string[]; to: string },
): Promise<HandoverDetail['toMove']> {
  const query = knex('components')
    .select('entity_ref', 'document')
    .orderBy('entity_ref');
  whereIn(query, 'entity_ref', options.entityRefs);
  const rows: Array<{ entity_ref: string; document: string }> = await query;
  return rows.flatMap(row => {
    const { owners, entity }: ComponentDocument = JSON.parse(row.document);
    return owners.length === 1 && owners[0].ref === options.to
      ? []
      : [
          {
            entityRef: row.entity_ref,
            ownerRefs: owners.map(({ ref }) => ref),
            patch: ownerPatch({ entity: entity as Entity, owner: options.to }),
          },
        ];
  });
}
