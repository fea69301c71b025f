import type { Foundations } from '../../createFoundations';
import { OnCallConsumer } from '../../directory/OnCallConsumer';
import { HandoverConsumer } from '../../handover/HandoverConsumer';
import { InitiativeConsumer } from '../../initiative/InitiativeConsumer';
import { MeasureConsumer } from '../../measure/MeasureConsumer';
import { OverviewConsumer } from '../../scorecard/OverviewConsumer';
import { RunbookConsumer } from '../../runbook/RunbookConsumer';
import { ScorecardConsumer } from '../../scorecard/ScorecardConsumer';
import { SloConsumer } from '../../slo/SloConsumer';
import { DigestSchedule } from '../digest/DigestSchedule';
import { DigestSender } from '../digest/DigestSender';
import { RuleFaultConsumer } from '../RuleFaultConsumer';
import { RuleOutcomeConsumer } from '../RuleOutcomeConsumer';
import type { ScanConsumer } from '../ScanConsumer';
import { DriftScan } from './DriftScan';

/** Puts the drift scan together, with everything that follows from it. */
export function createScan(
  foundations: Foundations,
  options: { partSize?: number },
): DriftScan {
  const { auth, catalog, driftConfig, knex, logger, now, reports } =
    foundations;
  return new DriftScan({
    database: knex,
    catalog,
    auth,
    logger,
    config: driftConfig,
    rules: foundations.rules,
    events: foundations.ownershipEvents,
    digests: new DigestSender({
      notifications: foundations.notifications,
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
    newConsumers: () => newConsumers(foundations),
    ...reports,
    ...options,
    now,
  });
}

/** In the order in which they follow a scan up. */
function newConsumers(foundations: Foundations): ScanConsumer[] {
  const { knex, logger } = foundations;
  return [
    new SloConsumer({ slos: foundations.slos }),
    new OnCallConsumer({ knex }),
    new MeasureConsumer({ knex }),
    new RunbookConsumer({ knex }),
    new RuleOutcomeConsumer({ knex }),
    new RuleFaultConsumer({ knex, logger }),
    new ScorecardConsumer({ knex, scorecards: foundations.scorecards }),
    new OverviewConsumer({ overview: foundations.overview }),
    new InitiativeConsumer({ burnUps: foundations.burnUps }),
    new HandoverConsumer({ handovers: foundations.handovers }),
  ];
}
