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
import {
  configureRules,
  readAliases,
  readCustomRules,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  OnCallProvider,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { Visibility } from './api/Visibility';
import { latestAttestations } from './contract/attestations';
import { readTierConfig } from './contract/readTierConfig';
import { AliasService } from './directory/AliasService';
import { OnCallConsumer } from './directory/OnCallConsumer';
import { OnCallRefresher } from './directory/OnCallRefresher';
import { AuthorizedDriftReport } from './drift/AuthorizedDriftReport';
import { DefaultDriftReport } from './drift/DefaultDriftReport';
import { DigestSchedule } from './drift/digest/DigestSchedule';
import { DigestSender } from './drift/digest/DigestSender';
import { readDriftConfig } from './drift/DriftConfig';
import { AuthorizedFindingService } from './drift/findings/AuthorizedFindingService';
import { DefaultFindingService } from './drift/findings/DefaultFindingService';
import { FindingLifeCycle } from './drift/findings/FindingLifeCycle';
import { FindingNotifier } from './drift/findings/FindingNotifier';
import { WaiverPolicy } from './drift/findings/WaiverPolicy';
import { RuleDryRun } from './drift/dryRun/RuleDryRun';
import { RuleCatalogue } from './drift/RuleCatalogue';
import { RuleFaultConsumer } from './drift/RuleFaultConsumer';
import { RuleOutcomeConsumer } from './drift/RuleOutcomeConsumer';
import { DriftScan } from './drift/scan/DriftScan';
import { ScanRunner } from './drift/scan/ScanRunner';
import { ScanSignals } from './drift/scan/ScanSignals';
import { OwnerDecisionService } from './drift/suggestions/OwnerDecisionService';
import { DriftViews } from './drift/view/DriftViews';
import { VerdictSnapshots } from './drift/VerdictSnapshots';
import { BadgeService } from './entity/badge/BadgeService';
import { readBadgeSecret } from './entity/badge/readBadgeSecret';
import { EntityService } from './entity/EntityService';
import { OwnershipEvents } from './events/OwnershipEvents';
import { CatalogOwners } from './handover/CatalogOwners';
import { HandoverConsumer } from './handover/HandoverConsumer';
import { HandoverNotifier } from './handover/HandoverNotifier';
import { HandoverService } from './handover/HandoverService';
import { readHandoverConfig } from './handover/readHandoverConfig';
import { readOpenHandovers } from './handover/store/readOpenHandovers';
import { BurnUpKeeper } from './initiative/BurnUpKeeper';
import { GoalReader } from './initiative/GoalReader';
import { InitiativeConsumer } from './initiative/InitiativeConsumer';
import { InitiativeEditor } from './initiative/InitiativeEditor';
import { InitiativeScopes } from './initiative/InitiativeScopes';
import { InitiativeService } from './initiative/InitiativeService';
import { ReminderSender } from './initiative/ReminderSender';
import { DeliveryService } from './measure/DeliveryService';
import { readMeasureConfig } from './measure/MeasureConfig';
import { MeasureConsumer } from './measure/MeasureConsumer';
import { MeasurementService } from './measure/MeasurementService';
import { MeasureReport } from './measure/MeasureReport';
import { readCostValues } from './measure/store/readCostValues';
import { RunbookReader } from './runbook/RunbookReader';
import { MoverService } from './scorecard/history/MoverService';
import { OverviewConsumer } from './scorecard/OverviewConsumer';
import { OverviewService, REMEMBERED_MS } from './scorecard/OverviewService';
import { readOverloadedAbove } from './scorecard/readOverloadedAbove';
import { ScorecardCatalogue } from './scorecard/ScorecardCatalogue';
import { ScorecardConsumer } from './scorecard/ScorecardConsumer';
import { ScorecardDryRun } from './scorecard/ScorecardDryRun';
import { ScorecardService } from './scorecard/ScorecardService';
import { AlertSender } from './slo/alert/AlertSender';
import { readAlertSeverities } from './slo/alert/readAlertSeverities';
import { readWeeklyCadence } from './scorecard/weekly/WeeklyCadence';
import { WeeklyDigests } from './scorecard/weekly/WeeklyDigests';
import { WeeklySender } from './scorecard/weekly/WeeklySender';
import { SliDiscoverer } from './slo/discovery/SliDiscoverer';
import { SliCollector } from './slo/SliCollector';
import { SloConsumer } from './slo/SloConsumer';
import { SloExclusions } from './slo/exclusion/SloExclusions';
import { readSloLimits } from './slo/readSloLimits';
import { SloService } from './slo/SloService';

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
  now?: () => Date;
}) {
  const { auth, catalog, config, knex, logger, permissions } = options;
  const now = options.now ?? (() => new Date());

  const driftConfig = readDriftConfig(config);
  const rules = configureRules({
    rules: [
      ...options.rules,
      ...readCustomRules({
        rules: driftConfig.customRules,
        taken: options.rules.map(({ id }) => id),
      }),
    ],
    settings: driftConfig.rules,
  });
  const overloadedAbove = readOverloadedAbove(config);
  const scorecardCatalogue = new ScorecardCatalogue({
    config,
    knex,
    logger,
    rules,
    now,
  });
  const { scorecards } = scorecardCatalogue;
  const requirements = readTierConfig(config);

  const aliases = new AliasService({
    knex,
    configured: readAliases({
      aliases: config.getOptional('ownership.directory.aliases'),
    }),
    now,
  });
  const visibility = new Visibility({ permissions, catalog });
  const waiverPolicy = new WaiverPolicy(driftConfig.waiverApproval);
  const catalogue = new RuleCatalogue({ rules });
  const ownershipEvents = new OwnershipEvents({
    events: options.events,
    logger,
  });
  const measureConfig = readMeasureConfig(config);
  const slos = new SloService({
    knex,
    logger,
    limits: readSloLimits(config),
    now,
  });
  const measures = new MeasureReport({
    knex,
    config: measureConfig,
    statuses: entityRef => slos.entityStatuses(entityRef),
    now,
  });
  const scorecardService = new ScorecardService({
    knex,
    scorecards,
    rules,
    now,
  });
  const overview = new OverviewService({
    knex,
    scorecard: () => scorecards[0],
    overloadedAbove,
    measures,
    rememberMs: REMEMBERED_MS,
    now,
  });

  const scorecardMovers = new MoverService({
    knex,
    titleOfRule: id => catalogue.describe(id)?.title,
    now,
  });
  const goals = new GoalReader({
    rules: () => catalogue.descriptions(),
    scorecards: () => scorecardService.scorecards,
  });
  const scopes = new InitiativeScopes({
    catalog,
    auth,
    kinds: driftConfig.kinds,
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
  const burnUps = new BurnUpKeeper({ knex, goals, scopes, logger, now });

  const handovers = new HandoverService({
    knex,
    owners: new CatalogOwners({
      catalog,
      auth,
      aliases: () => aliases.table(),
    }),
    config: readHandoverConfig(config),
    events: ownershipEvents,
    notifier: new HandoverNotifier({
      notifications: driftConfig.notify ? options.notifications : undefined,
      logger,
      platformTeam: driftConfig.platformTeam,
    }),
    now,
  });

  const scans = new ScanRunner({
    database: knex,
    logger,
    now,
    deadAfterMs: driftConfig.deadAfterMs,
    signals: new ScanSignals({ signals: options.signals, logger, now }),
    scan: new DriftScan({
      database: knex,
      catalog,
      auth,
      logger,
      config: driftConfig,
      rules,
      events: ownershipEvents,
      digests: new DigestSender({
        notifications: driftConfig.notify ? options.notifications : undefined,
        schedule: new DigestSchedule({
          database: knex,
          catalog,
          auth,
          logger,
          byDefault: driftConfig.digest,
          now,
        }),
        logger,
        platformTeam: driftConfig.platformTeam,
      }),
      consumers: [
        new SloConsumer({ slos }),
        new OnCallConsumer({ knex }),
        new MeasureConsumer({ knex }),
        new RuleOutcomeConsumer({ knex }),
        new RuleFaultConsumer({ knex, logger }),
        new ScorecardConsumer({ knex, scorecards }),
        new OverviewConsumer({ overview }),
        new InitiativeConsumer({ burnUps }),
        new HandoverConsumer({ handovers }),
      ],
      latestAttestations: () => latestAttestations({ knex }),
      sloStatuses: () => slos.statusesByEntity(),
      aliases: () => aliases.table(),
      costValues: () => readCostValues(knex, now()),
      openHandovers: () => readOpenHandovers(knex),
      requirements,
      now,
    }),
  });

  return {
    driftConfig,
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
      latestAttestations: () => latestAttestations({ knex }),
      sloStatuses: () => slos.statusesByEntity(),
      aliases: () => aliases.table(),
      costValues: () => readCostValues(knex, now()),
      openHandovers: () => readOpenHandovers(knex),
      requirements,
      now,
    }),
    scans,
    handovers,
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
      notifications: driftConfig.notify ? options.notifications : undefined,
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
    scorecardCatalogue,
    scorecardMovers,
    scorecardDryRun: new ScorecardDryRun({ knex, scopes, scorecards, rules }),
    initiatives,
    appBaseUrl: config.getOptionalString('app.baseUrl'),
    weeklyDigests,
    weeklySender: new WeeklySender({
      knex,
      digests: weeklyDigests,
      cadence: readWeeklyCadence(config),
      notifications: driftConfig.notify ? options.notifications : undefined,
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
      notifications: driftConfig.notify ? options.notifications : undefined,
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
          notifications: driftConfig.notify ? options.notifications : undefined,
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
        requirements,
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
    runbooks: new RunbookReader({
      knex,
      catalog,
      auth,
      urlReader: options.urlReader,
      integrations: ScmIntegrations.fromConfig(config),
      localDirectories: config.getOptionalStringArray(
        'ownership.runbooks.localDirectories',
      ),
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
