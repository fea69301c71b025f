import { changeFailures, isChange } from './changeFailures';
import { incidentStart } from './incidentStart';
import type { Deployment, Incident, MeasureFigure } from './types';

/**
 * The measures that follow from deployments and incidents.
 *
 * @public
 */
export interface DeliveryFigures {
  /** M5: share of deployments that came through and were not rolled back. */
  'deployment-success': MeasureFigure;
  /** M6: mean from the beginning to the notice, in seconds. */
  'time-to-detect': MeasureFigure;
  /** M7: mean from the notice until users were well again, in seconds. */
  'time-to-mitigate': MeasureFigure;
  /** M12: median from the beginning to the end, in seconds. */
  'recovery-time': MeasureFigure;
  /** M13: share of deployments that ended in a rollback or an incident. */
  'change-failure-rate': MeasureFigure;
}

/**
 * Works out M5, M6, M7, M12 and M13 of one component over a period. What began
 * in the period counts; what follows it counts too, so that the last day of a
 * period is judged as the first.
 *
 * Law: an open incident is open. It is told beside the value and never enters
 * it, and a moment that no event gave is not guessed, except that the end of
 * an incident stands in for its mitigation.
 *
 * @public
 */
export function deliveryFigures(options: {
  /** Of one component, with some before `from`. */
  deployments: readonly Deployment[];
  /** Of the same component. */
  incidents: readonly Incident[];
  /** ISO 8601 in UTC, included. */
  from: string;
  /** ISO 8601 in UTC, left out. */
  to: string;
  /** How long after a deployment something is laid to it, in seconds. */
  windowSeconds: number;
}): DeliveryFigures {
  const { deployments, from, to } = options;
  const within = (at: string | undefined) =>
    at !== undefined && at >= from && at < to;
  const failures = changeFailures(options);
  const changes = deployments.filter(
    deployment => isChange(deployment) && within(deployment.at),
  );
  const through = changes.filter(({ outcome }) => outcome === 'success');
  const stayed = through.filter(({ id }) => failures.get(id) !== 'rollback');
  const failed = through.filter(({ id }) => failures.has(id));
  const incidents = options.incidents.filter(incident =>
    within(incidentStart(incident)),
  );

  return {
    'deployment-success': share(stayed.length, changes.length),
    'change-failure-rate': share(failed.length, through.length),
    'time-to-detect': times(incidents, 'mean', ({ startedAt, detectedAt }) => [
      startedAt,
      detectedAt,
    ]),
    'time-to-mitigate': times(
      incidents,
      'mean',
      ({ detectedAt, reportedAt, mitigatedAt, resolvedAt }) => [
        detectedAt ?? reportedAt,
        mitigatedAt ?? resolvedAt,
      ],
    ),
    'recovery-time': times(incidents, 'median', incident => [
      incident.startedAt ?? incident.detectedAt ?? incident.reportedAt,
      incident.resolvedAt,
    ]),
  };
}

function share(part: number, of: number): MeasureFigure {
  return of === 0
    ? { counted: 0, of: 0, reason: 'No deployment was reported' }
    : { value: part / of, counted: of, of };
}

function times(
  incidents: readonly Incident[],
  kind: 'mean' | 'median',
  ends: (incident: Incident) => [string | undefined, string | undefined],
): MeasureFigure {
  const lengths = incidents
    .flatMap(incident => {
      const [start, end] = ends(incident);
      // An end before the start is a wrong clock, not a quick team.
      return start !== undefined && end !== undefined && end >= start
        ? [(Date.parse(end) - Date.parse(start)) / 1000]
        : [];
    })
    .sort((a, b) => a - b);
  const open = incidents.filter(({ resolvedAt }) => !resolvedAt).length;
  const of = incidents.length;
  const base = { counted: lengths.length, of, open };
  if (lengths.length === 0) {
    return { ...base, reason: nothingCounted({ of, open }) };
  }
  const mean = lengths.reduce((sum, next) => sum + next, 0) / lengths.length;
  const half = Math.floor(lengths.length / 2);
  const median =
    lengths.length % 2
      ? lengths[half]
      : (lengths[half - 1] + lengths[half]) / 2;
  return { ...base, value: kind === 'mean' ? mean : median, median };
}

function nothingCounted({ of, open }: { of: number; open: number }): string {
  if (of === 0) {
    return 'No incident was reported';
  }
  return open === of
    ? 'Every incident is still open'
    : 'No incident says both when it began and when it ended';
}
