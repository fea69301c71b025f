import { incidentStart } from './incidentStart';
import type { Deployment, Incident } from './types';

/**
 * Why a deployment counts as a failed change.
 *
 * @public
 */
export type ChangeFailure = 'failure' | 'rollback' | 'incident';

/**
 * Whether an event puts something new in front of users. A rollback, a removal
 * and a publication do not.
 *
 * @public
 */
export function isChange({ kind }: Pick<Deployment, 'kind'>): boolean {
  return kind === 'deployed' || kind === 'upgraded';
}

/**
 * Which deployments of one component failed, and how; by id.
 *
 * Law (after DORA's change fail rate: the share of deployments that need
 * immediate intervention): a rollback or an incident is laid to the last
 * deployment before it, in the same environment where both name one, if that
 * is no longer ago than the window. One that never came through failed by
 * itself. A deployment fails once; a rollback says more than an incident.
 *
 * @public
 */
export function changeFailures(options: {
  deployments: readonly Deployment[];
  incidents: readonly Incident[];
  /** How long after a deployment something is laid to it, in seconds. */
  windowSeconds: number;
}): Map<string, ChangeFailure> {
  const { deployments, incidents, windowSeconds } = options;
  const failures = new Map<string, ChangeFailure>();
  const changes = deployments
    .filter(isChange)
    .map(change => ({ change, time: Date.parse(change.at) }))
    .sort((a, b) => a.time - b.time || (a.change.id < b.change.id ? -1 : 1));

  const blame = (
    kind: ChangeFailure,
    { at, environment }: { at: string; environment?: string },
  ) => {
    const time = Date.parse(at);
    // From the end of those that were there already, to the first of the window.
    for (let index = countUpTo(changes, time) - 1; index >= 0; index -= 1) {
      const { change, time: changedAt } = changes[index];
      if (time - changedAt > windowSeconds * 1000) {
        return;
      }
      const elsewhere =
        environment !== undefined &&
        change.environment !== undefined &&
        environment !== change.environment;
      if (change.outcome === 'success' && !elsewhere) {
        failures.set(change.id, kind);
        return;
      }
    }
  };

  for (const incident of incidents) {
    const at = incidentStart(incident);
    if (at) {
      blame('incident', { at, environment: incident.environment });
    }
  }
  for (const deployment of deployments) {
    if (deployment.kind === 'rolledback' && deployment.outcome === 'success') {
      blame('rollback', deployment);
    }
  }
  for (const { change } of changes) {
    if (change.outcome === 'failure') {
      failures.set(change.id, 'failure');
    }
  }
  return failures;
}

/** How many of them are not after a moment. */
function countUpTo(sorted: ReadonlyArray<{ time: number }>, time: number) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle].time <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
