import type { VerdictSnapshot } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { ComponentRow } from './ComponentRow';

/** Refs of all components that are not `owned`, by state and in order. */
export async function readUnownedComponents(options: {
  knex: Knex;
}): Promise<VerdictSnapshot['refs']> {
  const rows = await options
    .knex<ComponentRow>('components')
    .select('entity_ref', 'state')
    .whereIn('state', ['at-risk', 'orphaned', 'unknown'])
    .orderBy('entity_ref');
  const refs: VerdictSnapshot['refs'] = {
    'at-risk': [],
    orphaned: [],
    unknown: [],
  };
  for (const { entity_ref, state } of rows) {
    if (state !== 'owned') {
      refs[state].push(entity_ref);
    }
  }
  return refs;
}
