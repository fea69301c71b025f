import {
  mergeIncident,
  type Incident,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { insertRows, insertSlices } from '../../drift/store/insertRows';
import { whereIn } from '../../api/whereVisible';
import {
  toIncident,
  toIncidentRow,
  type DeploymentRow,
  type IncidentRow,
} from './DeliveryRow';

/** Any number, as long as nothing else in this database locks by it. */
const LOCK = 7_302_614;

/**
 * Lets one transaction at a time write deliveries, over all replicas, so that
 * a rollback and its deployment that arrive together see each other.
 */
export async function lockDeliveries(tx: Knex): Promise<void> {
  if (tx.client.config.client === 'pg') {
    await tx.raw('SELECT pg_advisory_xact_lock(?)', [LOCK]);
  }
}

/** Notes events, and gives the ids of those that were not noted before. */
export async function noteEvents(
  tx: Knex,
  options: { ids: readonly string[]; now: Date },
): Promise<Set<string>> {
  const rows = options.ids.map(id => ({
    id,
    received_at: options.now.toISOString(),
  }));
  const added = new Set<string>();
  for (const slice of insertSlices(tx, rows)) {
    const inserted = await insertRows(tx, 'received_events', slice)
      .onConflict('id')
      .ignore()
      .returning('id');
    inserted.forEach(({ id }: { id: string }) => added.add(id));
  }
  return added;
}

/** Stores deployments that are new. */
export async function insertDeployments(
  tx: Knex,
  rows: readonly DeploymentRow[],
): Promise<void> {
  for (const slice of insertSlices(tx, rows)) {
    await insertRows(tx, 'deployments', slice).onConflict('id').ignore();
  }
}

/**
 * Puts what events say of incidents together with what is known of them. Has
 * to be done under the lock.
 *
 * @returns the incidents as they are now
 */
export async function mergeIncidents(
  tx: Knex,
  options: {
    told: readonly Incident[];
    isProduction(environment: string | undefined): boolean;
    now: Date;
  },
): Promise<Incident[]> {
  const { told, isProduction, now } = options;
  const merged = new Map<string, Incident>();
  const query = tx<IncidentRow>('incidents');
  whereIn(
    query,
    'id',
    told.map(({ id }) => id),
  );
  for (const row of await query) {
    merged.set(row.id, toIncident(row));
  }
  for (const incident of told) {
    const before = merged.get(incident.id);
    merged.set(
      incident.id,
      before ? mergeIncident(before, incident) : incident,
    );
  }
  const rows = [...merged.values()].map(incident =>
    toIncidentRow(incident, {
      counts: isProduction(incident.environment),
      now,
    }),
  );
  for (const slice of insertSlices(tx, rows)) {
    await insertRows(tx, 'incidents', slice)
      .onConflict('id')
      .merge(Object.keys(slice[0]));
  }
  return [...merged.values()];
}
