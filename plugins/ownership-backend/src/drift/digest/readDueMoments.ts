import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { DueEntry } from './Digest';

/**
 * When waivers end and reviews are due as it stands now, by `id`. ISO 8601 in
 * UTC; without those that are no more.
 */
export async function readDueMoments(options: {
  knex: Knex;
  entries: DueEntry[];
}): Promise<Record<DueEntry['kind'], Map<string, string>>> {
  const { knex, entries } = options;
  const momentsOf = async (
    kind: DueEntry['kind'],
    query: Knex.QueryBuilder,
    column: string,
  ) => {
    const ids = entries.flatMap(entry => (entry.kind === kind ? entry.id : []));
    if (ids.length === 0) {
      return new Map<string, string>();
    }
    whereIn(query, column, ids);
    const rows: Array<{ id: string; at: string }> = await query;
    return new Map(rows.map(({ id, at }) => [id, at]));
  };
  const [waiver, review] = await Promise.all([
    momentsOf(
      'waiver',
      knex('findings')
        .where('state', 'waived')
        .select('id', { at: 'waiver_expires_at' }),
      'id',
    ),
    momentsOf(
      'review',
      knex('components')
        .whereNotNull('review_due_at')
        .select({ id: 'entity_ref', at: 'review_due_at' }),
      'entity_ref',
    ),
  ]);
  return { waiver, review };
}
