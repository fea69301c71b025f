import type { Knex } from 'knex';
import type { ComponentDocument } from '../ComponentDocument';
import type { ComponentRow } from './ComponentRow';

/** The document of one component, or `undefined` for one that is not there. */
export async function readComponentDocument(options: {
  knex: Knex;
  entityRef: string;
}): Promise<ComponentDocument | undefined> {
  const row = await options
    .knex<ComponentRow>('components')
    .select('document')
    .where('entity_ref', options.entityRef)
    .first();
  return row && JSON.parse(row.document);
}
