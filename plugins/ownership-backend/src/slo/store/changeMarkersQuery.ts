import type { Knex } from 'knex';

/**
 * When an SLO was changed between two moments, as a subquery with the columns
 * of a `MarkerRow`.
 */
export function changeMarkersQuery(
  knex: Knex,
  options: {
    sloId: number;
    /** ISO 8601. */
    from: string;
    /** ISO 8601. */
    to: string;
  },
): Knex.QueryBuilder {
  const { sloId, from, to } = options;
  return knex('slo_changes')
    .where('slo_id', sloId)
    .whereBetween('at', [from, to])
    .select(
      knex.raw("'changed' as kind"),
      'at',
      knex.raw('null as until'),
      { text: 'change' },
      knex.raw('null as url'),
    );
}
