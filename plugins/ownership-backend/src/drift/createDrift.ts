import type {
  AuthService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  configureRules,
  driftRules as builtInRules,
  tierRequirements,
  type driftRoutes,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { AuthorizedDriftReport } from './AuthorizedDriftReport';
import { DefaultDriftReport } from './DefaultDriftReport';
import { DigestSender } from './digest/DigestSender';
import { readDriftConfig } from './DriftConfig';
import { DriftEvents } from './DriftEvents';
import { driftHandlers } from './driftHandlers';
import { AuthorizedFindingService } from './findings/AuthorizedFindingService';
import { DefaultFindingService } from './findings/DefaultFindingService';
import { RuleCatalogue } from './RuleCatalogue';
import { DriftScan, type DriftScanOptions } from './scan/DriftScan';
import { ScanRunner } from './scan/ScanRunner';
import { VerdictSnapshots } from './VerdictSnapshots';

/**
 * Puts the drift room together: reads its configuration, schedules its scan
 * and gives the handlers of its routes.
 *
 * @throws InputError where the configuration is wrong, with what is accepted
 */
export async function createDrift(options: {
  database: Knex;
  config: Config;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  events: EventsService;
  notifications: NotificationService;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  visibility: Visibility;
  /** Rules of modules, beside the built-in ones. */
  rules: DriftRule[];
  consumers: DriftScanOptions['consumers'];
  latestAttestations: DriftScanOptions['latestAttestations'];
  sloStatuses: DriftScanOptions['sloStatuses'];
  /** What a tier asks for, as configured; the built-in table without. */
  requirements?: DriftScanOptions['requirements'];
  now?: () => Date;
}): Promise<{ handlers: Handlers<typeof driftRoutes>; runner: ScanRunner }> {
  const { database, logger, visibility, now = () => new Date() } = options;
  const config = readDriftConfig(options.config);
  const rules = configureRules({
    rules: [...builtInRules, ...options.rules],
    settings: config.rules,
  });
  const catalogue = new RuleCatalogue({ rules });
  const events = new DriftEvents({ events: options.events, logger });

  const runner = new ScanRunner({
    database,
    logger,
    now,
    deadAfterMs: config.deadAfterMs,
    scan: new DriftScan({
      ...options,
      requirements:
        options.requirements ?? (tier => tierRequirements({ tier })),
      config,
      rules,
      events,
      now,
      digests: new DigestSender({
        notifications: config.notify ? options.notifications : undefined,
        logger,
        platformTeam: config.platformTeam,
      }),
    }),
  });
  await options.scheduler.scheduleTask({
    ...config.schedule,
    id: 'ownership-drift-scan',
    scope: 'global',
    fn: signal => runner.run({ signal }),
  });
  // Every replica watches: the one that ran the scan may be the one that is gone.
  await options.scheduler.scheduleTask({
    id: 'ownership-drift-scan-takeover',
    scope: 'local',
    frequency: { minutes: 1 },
    timeout: { hours: 2 },
    initialDelay: { minutes: 1 },
    fn: () => runner.takeOver(),
  });
  options.lifecycle.addShutdownHook(() => runner.shutdown());

  return {
    runner,
    handlers: driftHandlers({
      findings: new AuthorizedFindingService({
        findings: new DefaultFindingService({
          database,
          rules: catalogue,
          events,
          maxWaiverMs: config.maxWaiverMs,
          now,
        }),
        visibility,
      }),
      report: new AuthorizedDriftReport({
        report: new DefaultDriftReport({ database, rules: catalogue, now }),
        visibility,
      }),
      runner,
      verdicts: new VerdictSnapshots({ database }),
      rules: catalogue,
      visibility,
      now,
    }),
  };
}
