import type { SloHistory } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

const MAX_MARKERS = 200;

/**
 * When the alerts of an SLO fired between two moments, oldest first: the latest
 * 200, in one statement.
 */
export async function readAlertMarkers(
  knex: Knex,
  options: {
    sloId: number;
    /** ISO 8601. */
    from: string;
    /** ISO 8601. */
    to: string;
  },
): Promise<SloHistory['markers']> {
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
  const rows: Array<{ at: string; severity: string; until: string | null }> =
    await knex
      .from(fired.as('m'))
      .where(over => over.whereNull('m.until').orWhere('m.until', '>=', from))
      .orderBy('m.id', 'desc')
      .limit(MAX_MARKERS)
      .select('m.at', 'm.severity', 'm.until');
  return rows.reverse().map(({ at, severity, until }) => ({
    at,
    kind: 'alert',
    title: severity === 'page' ? 'Page' : 'Ticket',
    ...(until ? { until } : { open: true }),
  }));
}
