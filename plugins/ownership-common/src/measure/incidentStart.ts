import type { Incident } from './types';

/**
 * When an incident began, as far as is known: when users began to feel it,
 * else when it was first noticed, reported or resolved.
 *
 * @public
 */
export function incidentStart(incident: Incident): string | undefined {
  return (
    incident.startedAt ??
    incident.detectedAt ??
    incident.reportedAt ??
    incident.resolvedAt
  );
}
