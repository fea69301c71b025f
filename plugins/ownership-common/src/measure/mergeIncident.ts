import type { Incident } from './types';

/**
 * The fields of an incident that events fill. Moments are ISO 8601 in UTC, so
 * they sort as text.
 *
 * @internal
 */
export const incidentFields = [
  'startedAt',
  'detectedAt',
  'reportedAt',
  'mitigatedAt',
  'resolvedAt',
  'environment',
  'entityRef',
  'title',
  'url',
] as const satisfies ReadonlyArray<keyof Incident>;

/**
 * Puts together what two events say of one incident.
 *
 * Law: the order in which events arrive does not matter, and one that comes
 * twice changes nothing. Of the end the last moment counts, of every other the
 * first. Where two events give an incident different names, the one that sorts
 * first stays: it is the same on every replica.
 *
 * @public
 */
export function mergeIncident(a: Incident, b: Incident): Incident {
  const merged: Incident = { id: a.id };
  for (const key of incidentFields) {
    const both = [a[key], b[key]].filter(value => value !== undefined).sort();
    const value = key === 'resolvedAt' ? both[both.length - 1] : both[0];
    if (value !== undefined) {
      merged[key] = value;
    }
  }
  return merged;
}
