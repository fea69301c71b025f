import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { SloService } from './SloService';

/**
 * Registers what happens to SLOs by the clock, once over all replicas.
 */
export async function scheduleSlos(options: {
  scheduler: SchedulerService;
  slos: SloService;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, slos, logger } = options;
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
