import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/**
 * Keeps who owned components, before what the catalog says now takes its
 * place. For components that come to be orphaned.
 */
export async function rememberFormerOwners(options: {
  knex: Knex;
  entityRefs: string[];
  /** ISO 8601. */
  until: string;
}): Promise<void> {
  const { knex, entityRefs, until } = options;
  if (entityRefs.length === 0) {
    return;
  }
  const forget = knex('former_owners');
  whereIn(forget, 'entity_ref', entityRefs);
  await forget.delete();
  const owners = knex('component_owners').select(
    'entity_ref',
    'owner_ref',
    knex.raw('?', [until]),
  );
  whereIn(owners, 'entity_ref', entityRefs);
  await knex
    .into(
      knex.raw('?? (??, ??, ??)', [
        'former_owners',
        'entity_ref',
        'owner_ref',
        'until',
      ]),
    )
    .insert(owners);
}
