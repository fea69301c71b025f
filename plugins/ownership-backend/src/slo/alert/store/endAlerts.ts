import type { AlertDetails } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inSlices } from '../../../drift/store/inSlices';

/**
 * Ends the alerts of SLOs that nothing defines any more, in the transaction
 * that removes these: those that fire are resolved.
 */
export async function endAlerts(
  tx: Knex,
  options: { sloIds: readonly number[]; now: Date },
): Promise<void> {
  const { sloIds, now } = options;
  for (const slice of inSlices(sloIds)) {
    const firing = await tx('slo_alerts as a')
      .join('slos as d', 'd.id', 'a.slo_id')
      .whereIn('a.slo_id', slice)
      .where('a.firing', true)
      .select(
        'a.slo_id',
        'a.severity',
        'a.since',
        'd.entity_ref',
        'd.name',
        'd.definition',
      );
    if (firing.length > 0) {
      await tx('slo_alert_changes').insert(
        firing.map(row => {
          const details: AlertDetails = {
            title: JSON.parse(row.definition).title,
            since: row.since,
            burnRates: [],
            thresholds: [],
            names: [],
            reason: 'removed',
          };
          return {
            slo_id: row.slo_id,
            entity_ref: row.entity_ref,
            slo: row.name,
            severity: row.severity,
            state: 'resolved',
            at: now.toISOString(),
            details: JSON.stringify(details),
          };
        }),
      );
    }
    await tx('slo_alerts').whereIn('slo_id', slice).delete();
    await tx('slo_budget_crossings').whereIn('slo_id', slice).delete();
  }
}
