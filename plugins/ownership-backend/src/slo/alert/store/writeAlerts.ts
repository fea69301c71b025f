import type {
  AlertChange,
  AlertDetails,
  AlertState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inSlices } from '../../../drift/store/inSlices';

/** The alerts of an SLO after an evaluation that changed them. */
export interface SloAlerts {
  sloId: number;
  entityRef: string;
  slo: string;
  /** All there is to remember; a severity that is left out is forgotten. */
  states: AlertState[];
  changes: Array<AlertChange & { details: AlertDetails }>;
}

/**
 * Writes alerts, and what people are to be told of, in the transaction that
 * writes the status.
 *
 * Law: a change is stored with the alert or not at all. A process that ends
 * before it was sent loses nothing, one that comes after it finds the alert as
 * it is and changes nothing.
 */
export async function writeAlerts(
  tx: Knex,
  options: { alerts: SloAlerts[]; now: Date },
): Promise<void> {
  const { alerts, now } = options;
  for (const slice of inSlices(alerts)) {
    await tx('slo_alerts')
      .whereIn(
        'slo_id',
        slice.map(({ sloId }) => sloId),
      )
      .delete();
  }
  const states = alerts.flatMap(slo =>
    slo.states.map(({ severity, firing, since, rows }) => ({
      slo_id: slo.sloId,
      severity,
      firing,
      since: since ?? null,
      rows: JSON.stringify(rows),
    })),
  );
  for (const slice of inSlices(states)) {
    await tx('slo_alerts').insert(slice);
  }
  const changes = alerts.flatMap(slo =>
    slo.changes.map(({ severity, state, details }) => ({
      slo_id: slo.sloId,
      entity_ref: slo.entityRef,
      slo: slo.slo,
      severity,
      state,
      at: now.toISOString(),
      details: JSON.stringify(details),
    })),
  );
  for (const slice of inSlices(changes)) {
    await tx('slo_alert_changes').insert(slice);
  }
}
