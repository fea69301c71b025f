import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { ComponentRow } from './ComponentRow';

export type StoredComponent = Pick<
  ComponentRow,
  'entity_ref' | 'state' | 'state_since' | 'fingerprint'
>;

/** What is kept of the given components, as far as a scan compares it. */
export async function readStoredComponents(options: {
  knex: Knex;
  entityRefs: string[];
}): Promise<Map<string, StoredComponent>> {
  const { knex, entityRefs } = options;
  const query = knex<ComponentRow>('components').select(
    'entity_ref',
    'state',
    'state_since',
    'fingerprint',
  );
  whereIn(query, 'entity_ref', entityRefs);
  const rows: StoredComponent[] = await query;
  return new Map(rows.map(row => [row.entity_ref, row]));
}
