import type { Knex } from 'knex';

const MAX_MARKERS = 200;

/**
 * When the alerts of an SLO fired between two moments, the latest 200, as a
 * subquery with the columns of a `MarkerRow`.
 */
export function alertMarkersQuery(
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
  const resolved = knex('slo_alert_changes as r')
    .whereRaw('r.slo_id = f.slo_id and r.severity = f.severity')
    .where('r.state', 'resolved')
    .whereRaw('r.id > f.id')
    .min('r.at');
  const fired = knex('slo_alert_changes as f')
    .where({ 'f.slo_id': sloId, 'f.state': 'firing' })
    .where('f.at', '<=', to)
    .select('f.id', 'f.at', 'f.severity', { until: resolved });
  const latest = knex
    .from(fired.as('m'))
    .where(over => over.whereNull('m.until').orWhere('m.until', '>=', from))
    .orderBy('m.id', 'desc')
    .limit(MAX_MARKERS)
    .select('m.at', 'm.severity', 'm.until');
  return knex
    .from(latest.as('a'))
    .select(
      knex.raw("'alert' as kind"),
      'a.at',
      'a.until',
      knex.raw(
        "case when a.severity = 'page' then 'Page' else 'Ticket' end as text",
      ),
      knex.raw('null as url'),
    );
}
