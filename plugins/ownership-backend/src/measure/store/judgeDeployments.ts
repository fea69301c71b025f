import { changeFailures } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { breathe } from '../../drift/scan/breathe';
import { inSlices } from '../../drift/store/inSlices';
import {
  toDeployment,
  toIncident,
  type DeploymentRow,
  type IncidentRow,
} from './DeliveryRow';

/**
 * Works out again which deployments of components are failed changes, and
 * writes those that changed.
 *
 * What happens at a moment can only change deployments at most a window away
 * from it, and to judge these takes what is at most two windows away.
 *
 * @param options - `from` and `to`: first and last moment something happened
 */
export async function judgeDeployments(
  knex: Knex,
  options: {
    entityRefs: readonly string[];
    from: string;
    to: string;
    windowSeconds: number;
  },
): Promise<void> {
  const { entityRefs, windowSeconds } = options;
  const shifted = (moment: string, windows: number) =>
    new Date(Date.parse(moment) + windows * windowSeconds * 1000).toISOString();
  const near = (query: Knex.QueryBuilder, column: string, refs: string[]) => {
    whereIn(query, 'entity_ref', refs);
    return query
      .where('counts', true)
      .whereBetween(column, [
        shifted(options.from, -2),
        shifted(options.to, 2),
      ]);
  };
  for (const refs of inSlices(entityRefs)) {
    const deployments: DeploymentRow[] = await near(
      knex('deployments'),
      'at',
      refs,
    );
    const incidents: IncidentRow[] = await near(
      knex('incidents'),
      'began_at',
      refs,
    );
    const changed = new Map<DeploymentRow['failure'], string[]>();
    for (const [index, ref] of refs.entries()) {
      await breathe(index);
      const own = deployments.filter(row => row.entity_ref === ref);
      const failures = changeFailures({
        deployments: own.map(toDeployment),
        incidents: incidents
          .filter(row => row.entity_ref === ref)
          .map(toIncident),
        windowSeconds,
      });
      for (const row of own) {
        const failure = failures.get(row.id) ?? null;
        if (
          failure !== row.failure &&
          row.at >= shifted(options.from, -1) &&
          row.at <= shifted(options.to, 1)
        ) {
          changed.set(failure, [...(changed.get(failure) ?? []), row.id]);
        }
      }
    }
    for (const [failure, ids] of changed) {
      const query = knex('deployments');
      whereIn(query, 'id', ids);
      await query.update({ failure });
    }
  }
}
