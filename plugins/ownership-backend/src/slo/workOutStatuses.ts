import {
  evaluateComposite,
  evaluateSums,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SloMemberPart,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { sumMembers } from './composite/readComposite';
import type { ResolvedComposite } from './composite/readComposite';
import { windowsOf } from './groupByWindows';
import type { WindowGroup } from './groupByWindows';
import type { SloLimits } from './readSloLimits';
import { sumWindows } from './store/sumWindows';

/**
 * The statuses of SLOs that have the same windows, by id: one statement for all
 * of them, and for each composite one for every kind of slices in it.
 */
export async function workOutStatuses(
  options: WindowGroup & {
    knex: Knex;
    now: Date;
    limits?: SloLimits;
    composites: ReadonlyMap<number, ResolvedComposite>;
  },
): Promise<Map<number, { status: SloStatus; members?: SloMemberPart[] }>> {
  const { knex, now, slos, limits, composites } = options;
  const plain = slos.filter(({ id }) => !composites.has(id));
  const ranges = [options.windows.main, ...options.windows.burn];
  const sums =
    plain.length > 0
      ? await sumWindows({
          knex,
          sloIds: plain.map(({ id }) => id),
          definition: plain[0].definition,
          ranges,
          excluded: new Map(plain.map(({ id, excluded }) => [id, excluded])),
        })
      : undefined;
  const statuses = new Map<
    number,
    { status: SloStatus; members?: SloMemberPart[] }
  >();
  for (const slo of slos) {
    const { definition, entityRef, lastDataEnd } = slo;
    const windows = windowsOf(slo, options.windows);
    const common = {
      definition,
      windows,
      now,
      entityRef,
      lastDataEnd,
      alertMemory: slo.alerts.flatMap(({ rows }) => rows),
      minimumCoverage: limits?.minimumCoverage,
    };
    const composite = composites.get(slo.id);
    if (composite) {
      const members = await sumMembers({ knex, composite, windows });
      statuses.set(slo.id, evaluateComposite({ ...common, members }));
    } else {
      const [main, ...burn] = sums!.get(slo.id)!;
      statuses.set(slo.id, {
        status: evaluateSums({ ...common, sums: { main, burn } }),
      });
    }
  }
  return statuses;
}
