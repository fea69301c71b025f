import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { OwnershipServices } from './createServices';
import { readOnCallSchedule } from './directory/OnCallSchedule';
import { scheduleSlos } from './slo/scheduleSlos';

/**
 * Registers everything that happens by the clock, once over all replicas
 * unless it says otherwise.
 */
export async function scheduleTasks(options: {
  config: Config;
  logger: LoggerService;
  scheduler: SchedulerService;
  services: OwnershipServices;
}): Promise<void> {
  const { config, logger, scheduler, services } = options;
  const {
    deliveries,
    driftConfig,
    onCall,
    scans,
    reminders,
    runbookChecker,
    runbookChecksPerHour,
    weeklySender,
    slis,
    sloAlerts,
    slos,
  } = services;

  await scheduler.scheduleTask({
    ...driftConfig.schedule,
    id: 'ownership-drift-scan',
    scope: 'global',
    fn: signal => scans.runScheduled({ signal }),
  });
  await scheduler.scheduleTask({
    // On every replica: as a global task it would wait for its timeout when the
    // replica that takes over stops as well.
    id: 'ownership-drift-takeover',
    scope: 'local',
    frequency: { minutes: 1 },
    timeout: driftConfig.schedule.timeout,
    initialDelay: { minutes: 1 },
    fn: () => scans.takeOver(),
  });
  await scheduler.scheduleTask({
    // On every replica: two global tasks may be given to the same one, which
    // has no second thread to judge with, and only one remembers the last scan.
    id: 'ownership-drift-share',
    scope: 'local',
    frequency: { seconds: 2 },
    timeout: driftConfig.schedule.timeout,
    initialDelay: { seconds: 10 },
    fn: async signal => {
      await scans.runOffered({ signal });
      await scans.help({ signal });
    },
  });
  await scheduler.scheduleTask({
    ...readOnCallSchedule(config),
    id: 'ownership-on-call',
    scope: 'global',
    fn: signal => onCall.refresh({ signal }),
  });
  if (runbookChecksPerHour > 0) {
    await scheduler.scheduleTask({
      id: 'ownership-runbook-checks',
      scope: 'global',
      frequency: { hours: 1 },
      timeout: { minutes: 50 },
      initialDelay: { minutes: 1 },
      fn: signal => runbookChecker.run({ signal }),
    });
  }
  await scheduler.scheduleTask({
    id: 'ownership-initiative-reminders',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 2 },
    fn: () => reminders.send(),
  });
  await scheduler.scheduleTask({
    id: 'ownership-weekly-digest',
    scope: 'global',
    frequency: { minutes: 30 },
    timeout: { hours: 1 },
    initialDelay: { minutes: 3 },
    fn: () => weeklySender.send(),
  });
  await scheduler.scheduleTask({
    id: 'measure-retention',
    scope: 'global',
    frequency: { hours: 24 },
    timeout: { hours: 1 },
    initialDelay: { hours: 1 },
    fn: async () => {
      await deliveries.dropOld();
      // The configured window may be another one since the last start.
      await deliveries.judgeAll();
    },
  });
  await scheduleSlos({
    scheduler,
    slos,
    slis,
    alerts: sloAlerts,
    discoverer: services.discoverer,
    logger,
  });
}
