import type { Knex } from 'knex';
import type { NamedComponent } from '../discovery/assignSlo';

/** The components of the last scan by what names them. */
export async function readNamedComponents(
  knex: Knex,
): Promise<NamedComponent[]> {
  const rows = await knex('components').select('entity_ref', 'kind', 'name');
  return rows.map(row => ({
    entityRef: row.entity_ref,
    kind: row.kind.toLocaleLowerCase('en-US'),
    name: row.name,
  }));
}
