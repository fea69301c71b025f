import {
  incidentFields,
  incidentStart,
  type Deployment,
  type Incident,
} from '@service-ownership/backstage-plugin-ownership-common';

/** A row of `deployments`. */
export interface DeploymentRow {
  id: string;
  entity_ref: string;
  kind: Deployment['kind'];
  outcome: Deployment['outcome'];
  at: string;
  environment: string | null;
  version: string | null;
  url: string | null;
  counts: boolean | number;
  failure: 'failure' | 'rollback' | 'incident' | null;
}

/** A row of `incidents`. */
export interface IncidentRow {
  id: string;
  entity_ref: string | null;
  began_at: string;
  started_at: string | null;
  detected_at: string | null;
  reported_at: string | null;
  mitigated_at: string | null;
  resolved_at: string | null;
  environment: string | null;
  title: string | null;
  url: string | null;
  counts: boolean | number;
}

const columns = {
  startedAt: 'started_at',
  detectedAt: 'detected_at',
  reportedAt: 'reported_at',
  mitigatedAt: 'mitigated_at',
  resolvedAt: 'resolved_at',
  environment: 'environment',
  entityRef: 'entity_ref',
  title: 'title',
  url: 'url',
} as const satisfies Record<(typeof incidentFields)[number], keyof IncidentRow>;

/** A deployment as the domain has it. */
export function toDeployment(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    kind: row.kind,
    outcome: row.outcome,
    at: row.at,
    ...(row.environment !== null && { environment: row.environment }),
    ...(row.version !== null && { version: row.version }),
    ...(row.url !== null && { url: row.url }),
  };
}

/** An incident as the domain has it. */
export function toIncident(row: IncidentRow): Incident {
  const incident: Incident = { id: row.id };
  for (const field of incidentFields) {
    const value = row[columns[field]];
    if (value !== null) {
      incident[field] = value;
    }
  }
  return incident;
}

/** The row of an incident; its first moment is what it is found by. */
export function toIncidentRow(
  incident: Incident,
  options: { counts: boolean; now: Date },
): IncidentRow {
  const row = Object.fromEntries(
    incidentFields.map(field => [columns[field], incident[field] ?? null]),
  ) as unknown as IncidentRow;
  return {
    ...row,
    id: incident.id,
    began_at: incidentStart(incident) ?? options.now.toISOString(),
    counts: options.counts,
  };
}
