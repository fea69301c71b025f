import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { ComponentRow } from '../store/ComponentRow';

export type ReplacedRow = Pick<
  ComponentRow,
  'entity_ref' | 'state' | 'system_ref' | 'repository' | 'document'
>;

/** The rows as they are stored that are about to be written anew, by ref. */
export async function readReplaced(options: {
  knex: Knex;
  rows: ReadonlyArray<{ row: ComponentRow }>;
  /** Refs among them that are not stored. */
  added: readonly string[];
}): Promise<Map<string, ReplacedRow>> {
  const { knex, rows, added } = options;
  const isNew = new Set(added);
  const known = rows.filter(({ row }) => !isNew.has(row.entity_ref));
  if (known.length === 0) {
    return new Map();
  }
  const query = knex<ComponentRow>('components').select(
    'entity_ref',
    'state',
    'system_ref',
    'repository',
    'document',
  );
  whereIn(
    query,
    'entity_ref',
    known.map(({ row }) => row.entity_ref),
  );
  const stored: ReplacedRow[] = await query;
  return new Map(stored.map(row => [row.entity_ref, row]));
}
