import type {
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { DriftRule } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  OnCallProvider,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { Visibility } from './api/Visibility';
import { createFoundations } from './createFoundations';
import { OnCallRefresher } from './directory/OnCallRefresher';
import { AuthorizedDriftReport } from './drift/AuthorizedDriftReport';
import { DefaultDriftReport } from './drift/DefaultDriftReport';
import { AuthorizedFindingService } from './drift/findings/AuthorizedFindingService';
import { DefaultFindingService } from './drift/findings/DefaultFindingService';
import { FindingLifeCycle } from './drift/findings/FindingLifeCycle';
import { FindingNotifier } from './drift/findings/FindingNotifier';
import { WaiverPolicy } from './drift/findings/WaiverPolicy';
import { RuleDryRun } from './drift/dryRun/RuleDryRun';
import { createScan } from './drift/scan/createScan';
import { ScanRunner } from './drift/scan/ScanRunner';
import { ScanSignals } from './drift/scan/ScanSignals';
import { OwnerDecisionService } from './drift/suggestions/OwnerDecisionService';
import { DriftViews } from './drift/view/DriftViews';
import { VerdictSnapshots } from './drift/VerdictSnapshots';
import { BadgeService } from './entity/badge/BadgeService';
import { readBadgeSecret } from './entity/badge/readBadgeSecret';
import { EntityService } from './entity/EntityService';
import { InitiativeEditor } from './initiative/InitiativeEditor';
import { InitiativeService } from './initiative/InitiativeService';
import { ReminderSender } from './initiative/ReminderSender';
import { DeliveryService } from './measure/DeliveryService';
import { MeasurementService } from './measure/MeasurementService';
import { RunbookChecker } from './runbook/RunbookChecker';
import { RunbookReader } from './runbook/RunbookReader';
import { MoverService } from './scorecard/history/MoverService';
import { ScorecardDryRun } from './scorecard/ScorecardDryRun';
import { ScorecardService } from './scorecard/ScorecardService';
import { AlertSender } from './slo/alert/AlertSender';
import { readAlertSeverities } from './slo/alert/readAlertSeverities';
import { readWeeklyCadence } from './scorecard/weekly/WeeklyCadence';
import { WeeklyDigests } from './scorecard/weekly/WeeklyDigests';
import { WeeklySender } from './scorecard/weekly/WeeklySender';
import { SliDiscoverer } from './slo/discovery/SliDiscoverer';
import { SliCollector } from './slo/SliCollector';
import { SloExclusions } from './slo/exclusion/SloExclusions';

/**
 * All there is behind the router, put together.
 */
export type OwnershipServices = ReturnType<typeof createServices>;

/**
 * Puts the services together: which one knows which can be read here and
 * nowhere else.
 */
export function createServices(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  discovery: DiscoveryService;
  events: EventsService;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  /** Nobody is told how far a scan is without. */
  signals?: SignalsService;
  urlReader: UrlReaderService;
  userInfo: UserInfoService;
  rules: DriftRule[];
  onCallProviders: OnCallProvider[];
  sliSources: SliSource[];
  /** Components that are judged together where a scan is divided; 2,000 without. */
  partSize?: number;
  now?: () => Date;
}) {
  const foundations = createFoundations(options);
  const {
    auth,
    catalog,
    config,
    knex,
    logger,
    notifications,
    now,
    aliases,
    burnUps,
    catalogue,
    driftConfig,
    goals,
    measureConfig,
    measures,
    overview,
    ownershipEvents,
    rules,
    scopes,
    scorecards,
    slos,
  } = foundations;

  const visibility = new Visibility({
    permissions: options.permissions,
    catalog,
  });
  const waiverPolicy = new WaiverPolicy(driftConfig.waiverApproval);
  const scorecardService = new ScorecardService({
    knex,
    scorecards,
    rules,
    now,
  });
  const scorecardMovers = new MoverService({
    knex,
    titleOfRule: id => catalogue.describe(id)?.title,
    now,
  });
  const initiatives = new InitiativeService({
    knex,
    goals,
    scopes,
    titleOfRule: id => catalogue.describe(id)?.title,
    now,
  });
  const weeklyDigests = new WeeklyDigests({
    knex,
    overview,
    movers: scorecardMovers,
    scorecard: () => scorecards[0],
    initiatives: part => initiatives.list({ ...part, states: ['active'] }),
    now,
  });
  const runbooks = new RunbookReader({
    knex,
    catalog,
    auth,
    urlReader: options.urlReader,
    integrations: ScmIntegrations.fromConfig(config),
    localDirectories: config.getOptionalStringArray(
      'ownership.runbooks.localDirectories',
    ),
    now,
  });
  const scans = new ScanRunner({
    database: knex,
    logger,
    now,
    deadAfterMs: driftConfig.deadAfterMs,
    signals: new ScanSignals({ signals: options.signals, logger, now }),
    scan: createScan(foundations, { partSize: options.partSize }),
  });

  return {
    driftConfig,
    runbookChecksPerHour: foundations.runbookChecksPerHour,
    visibility,
    catalogue,
    aliases,
    ruleDryRun: new RuleDryRun({
      database: knex,
      catalog,
      auth,
      logger,
      config: driftConfig,
      rules: options.rules,
      configured: rules,
      ...foundations.reports,
      now,
    }),
    scans,
    handovers: foundations.handovers,
    userInfo: options.userInfo,
    slos,
    discoverer: new SliDiscoverer({
      knex,
      sources: options.sliSources,
      slos,
      catalog,
      auth,
      logger,
      now,
    }),
    sloExclusions: new SloExclusions({ knex, slos, now }),
    slis: new SliCollector({
      knex,
      sources: options.sliSources,
      slos,
      logger,
      now,
    }),
    sloAlerts: new AlertSender({
      knex,
      events: ownershipEvents,
      notifications,
      severities: readAlertSeverities(config),
      platformTeam: driftConfig.platformTeam,
      appBaseUrl: config.getOptionalString('app.baseUrl'),
      logger,
      now,
    }),
    deliveries: new DeliveryService({ knex, config: measureConfig, now }),
    measurements: new MeasurementService({ knex, config: measureConfig, now }),
    measures,
    overview,
    scorecards: scorecardService,
    scorecardCatalogue: foundations.scorecardCatalogue,
    scorecardMovers,
    scorecardDryRun: new ScorecardDryRun({ knex, scopes, scorecards, rules }),
    initiatives,
    appBaseUrl: config.getOptionalString('app.baseUrl'),
    weeklyDigests,
    weeklySender: new WeeklySender({
      knex,
      digests: weeklyDigests,
      cadence: readWeeklyCadence(config),
      notifications,
      catalog,
      auth,
      logger,
      now,
    }),
    initiativeEditor: new InitiativeEditor({
      knex,
      goals,
      scopes,
      burnUps,
      now,
    }),
    reminders: new ReminderSender({
      knex,
      goals,
      notifications,
      logger,
      platformTeam: driftConfig.platformTeam,
      now,
    }),
    scorecardId: scorecards[0]?.id,
    driftViews: new DriftViews({ knex, now }),
    verdicts: new VerdictSnapshots({ database: knex }),
    findings: new AuthorizedFindingService({
      visibility,
      policy: waiverPolicy,
      userInfo: options.userInfo,
      findings: new DefaultFindingService({
        database: knex,
        rules: catalogue,
        now,
      }),
      lifeCycle: new FindingLifeCycle({
        database: knex,
        events: ownershipEvents,
        notifier: new FindingNotifier({
          database: knex,
          notifications,
          logger,
          policy: waiverPolicy,
        }),
        maxWaiverMs: driftConfig.maxWaiverMs,
        now,
      }),
    }),
    report: new AuthorizedDriftReport({
      visibility,
      report: new DefaultDriftReport({
        database: knex,
        rules: catalogue,
        now,
      }),
    }),
    owners: new OwnerDecisionService({ database: knex, now }),
    entities: new EntityService({
      knex,
      catalog,
      slos,
      kinds: driftConfig.kinds,
      now,
      context: {
        requirements: foundations.reports.requirements,
        scorecards,
        titleOfRule: id => catalogue.describe(id)?.title ?? id,
        onCallProviders: new Set(options.onCallProviders.map(({ id }) => id)),
        appBaseUrl: config.getOptionalString('app.baseUrl'),
      },
    }),
    badges: new BadgeService({
      knex,
      secret: readBadgeSecret(config),
      scorecard: () => scorecards[0],
      appBaseUrl: config.getOptionalString('app.baseUrl'),
      externalBaseUrl: () => options.discovery.getExternalBaseUrl('ownership'),
    }),
    runbooks,
    runbookChecker: new RunbookChecker({
      knex,
      reader: runbooks,
      perHour: foundations.runbookChecksPerHour,
      now,
    }),
    onCall: new OnCallRefresher({
      knex,
      providers: options.onCallProviders,
      logger,
      now,
    }),
    now,
  };
}
