import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { SliDiscoverer } from './discovery/SliDiscoverer';
import type { AlertSender } from './alert/AlertSender';
import type { SliCollector } from './SliCollector';
import type { SloService } from './SloService';

/**
 * Registers what happens to SLOs by the clock, once over all replicas.
 */
export async function scheduleSlos(options: {
  scheduler: SchedulerService;
  slos: SloService;
  slis: SliCollector;
  alerts: AlertSender;
  discoverer: SliDiscoverer;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, slos, slis, alerts, discoverer, logger } = options;
  await scheduler.scheduleTask({
    id: 'slo-evaluation',
    scope: 'global',
    frequency: { minutes: 1 },
    timeout: { minutes: 5 },
    initialDelay: { seconds: 10 },
    fn: async signal => {
      const { evaluated, written } = await slos.evaluate({ signal });
      if (evaluated > 0) {
        logger.debug(`Evaluated ${evaluated} SLOs, ${written} changed`);
      }
      await alerts.send({ signal });
    },
  });
  await scheduler.scheduleTask({
    id: 'sli-discovery',
    scope: 'global',
    frequency: { minutes: 5 },
    timeout: { minutes: 5 },
    initialDelay: { seconds: 15 },
    fn: signal => discoverer.discover({ signal }),
  });
  await scheduler.scheduleTask({
    id: 'sli-collection',
    scope: 'global',
    frequency: { minutes: 1 },
    // Long enough for a backfill; one that is cut short goes on in the next.
    timeout: { minutes: 15 },
    initialDelay: { seconds: 20 },
    fn: async signal => {
      const { read, failed, written } = await slis.collect({ signal });
      if (read > 0) {
        logger.debug(
          `Read ${read} SLOs from their sources, ${failed} failed, ${written} buckets changed`,
        );
      }
      await alerts.send({ signal });
    },
  });
  await scheduler.scheduleTask({
    // Of pushed samples, and of what a replica left that stopped. On every
    // replica: a global task would wait for its timeout when that happens.
    id: 'slo-alerts',
    scope: 'local',
    frequency: { seconds: 20 },
    timeout: { minutes: 5 },
    initialDelay: { seconds: 20 },
    fn: async signal => {
      await alerts.send({ signal });
    },
  });
  await scheduler.scheduleTask({
    id: 'slo-retention',
    scope: 'global',
    // Rarely, so that a backfill in several pushes is not cut in two.
    frequency: { hours: 24 },
    timeout: { hours: 1 },
    initialDelay: { hours: 1 },
    fn: () => slos.dropOld(),
  });
}
