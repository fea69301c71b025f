import type { Knex } from 'knex';
import type { ComponentRow } from './ComponentRow';

/**
 * Walks over all stored components in the order of their refs, a page at a
 * time. Rows may be removed on the way.
 */
export async function* readComponentRefs(options: {
  knex: Knex;
  pageSize?: number;
}): AsyncGenerator<Array<Pick<ComponentRow, 'entity_ref' | 'kind'>>> {
  const { knex, pageSize = 2000 } = options;
  let after = '';
  for (;;) {
    const rows = await knex<ComponentRow>('components')
      .select('entity_ref', 'kind')
      .where('entity_ref', '>', after)
      .orderBy('entity_ref')
      .limit(pageSize);
    if (rows.length === 0) {
      return;
    }
    yield rows;
    after = rows[rows.length - 1].entity_ref;
  }
}
