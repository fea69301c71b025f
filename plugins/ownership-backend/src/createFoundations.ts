import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  configureRules,
  readAliases,
  readCustomRules,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { latestAttestations } from './contract/attestations';
import { readTierConfig } from './contract/readTierConfig';
import { AliasService } from './directory/AliasService';
import { readDriftConfig } from './drift/DriftConfig';
import { RuleCatalogue } from './drift/RuleCatalogue';
import { OwnershipEvents } from './events/OwnershipEvents';
import { CatalogOwners } from './handover/CatalogOwners';
import { HandoverNotifier } from './handover/HandoverNotifier';
import { HandoverService } from './handover/HandoverService';
import { readHandoverConfig } from './handover/readHandoverConfig';
import { readOpenHandovers } from './handover/store/readOpenHandovers';
import { BurnUpKeeper } from './initiative/BurnUpKeeper';
import { GoalReader } from './initiative/GoalReader';
import { InitiativeScopes } from './initiative/InitiativeScopes';
import { readMeasureConfig } from './measure/MeasureConfig';
import { MeasureReport } from './measure/MeasureReport';
import { readCostValues } from './measure/store/readCostValues';
import { readRunbookChecksPerHour } from './runbook/readRunbookChecksPerHour';
import { readRunbookChecks } from './runbook/store/readRunbookChecks';
import { OverviewService, REMEMBERED_MS } from './scorecard/OverviewService';
import { readOverloadedAbove } from './scorecard/readOverloadedAbove';
import { ScorecardCatalogue } from './scorecard/ScorecardCatalogue';
import { readSloLimits } from './slo/readSloLimits';
import { SloService } from './slo/SloService';

/** What the API and the drift scan stand on alike. */
export type Foundations = ReturnType<typeof createFoundations>;

/**
 * Puts together what the API and the drift scan share: what is configured, and
 * the services that both ask.
 */
export function createFoundations(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  events: EventsService;
  knex: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  rules: DriftRule[];
  now?: () => Date;
}) {
  const { auth, catalog, config, knex, logger } = options;
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
  const catalogue = new RuleCatalogue({ rules });
  const scorecardCatalogue = new ScorecardCatalogue({
    config,
    knex,
    logger,
    rules,
    now,
  });
  const { scorecards } = scorecardCatalogue;
  const aliases = new AliasService({
    knex,
    configured: readAliases({
      aliases: config.getOptional('ownership.directory.aliases'),
    }),
    reported: rules.some(
      ({ id, enabled, appliesTo }) =>
        id === 'owner-renamed' && enabled && !appliesTo,
    ),
    now,
  });
  const ownershipEvents = new OwnershipEvents({
    events: options.events,
    logger,
  });
  const notifications = driftConfig.notify ? options.notifications : undefined;

  const slos = new SloService({
    knex,
    logger,
    limits: readSloLimits(config),
    now,
  });
  const measureConfig = readMeasureConfig(config);
  const measures = new MeasureReport({
    knex,
    config: measureConfig,
    statuses: entityRef => slos.entityStatuses(entityRef),
    now,
  });
  const runbookChecksPerHour = readRunbookChecksPerHour(config);
  const goals = new GoalReader({
    rules: () => catalogue.descriptions(),
    scorecards: () => scorecards,
  });
  const scopes = new InitiativeScopes({
    catalog,
    auth,
    kinds: driftConfig.kinds,
  });

  return {
    auth,
    catalog,
    config,
    knex,
    logger,
    now,
    driftConfig,
    rules,
    catalogue,
    scorecardCatalogue,
    scorecards,
    aliases,
    ownershipEvents,
    /** Absent where nobody is to be told anything. */
    notifications,
    slos,
    measureConfig,
    measures,
    runbookChecksPerHour,
    goals,
    scopes,
    burnUps: new BurnUpKeeper({ knex, goals, scopes, logger, now }),
    overview: new OverviewService({
      knex,
      scorecard: () => scorecards[0],
      overloadedAbove: readOverloadedAbove(config),
      measures,
      rememberMs: REMEMBERED_MS,
      now,
    }),
    handovers: new HandoverService({
      knex,
      owners: new CatalogOwners({
        catalog,
        auth,
        aliases: () => aliases.table(),
      }),
      config: readHandoverConfig(config),
      events: ownershipEvents,
      notifier: new HandoverNotifier({
        notifications,
        logger,
        platformTeam: driftConfig.platformTeam,
      }),
      now,
    }),
    /** What verdicts are made of beside the catalog. */
    reports: {
      latestAttestations: () => latestAttestations({ knex }),
      sloStatuses: () => slos.statusesByEntity(),
      aliases: () => aliases.table(),
      costValues: () => readCostValues(knex, now()),
      openHandovers: () => readOpenHandovers(knex),
      runbookChecks: async () =>
        runbookChecksPerHour > 0 ? readRunbookChecks({ knex }) : undefined,
      requirements: readTierConfig(config),
    },
  };
}
