import { mockServices } from '@backstage/backend-test-utils';
import {
  configureRules,
  driftRules,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Visibility } from '../api/Visibility';
import { AuthorizedFindingService } from '../drift/findings/AuthorizedFindingService';
import { DefaultFindingService } from '../drift/findings/DefaultFindingService';
import { FindingLifeCycle } from '../drift/findings/FindingLifeCycle';
import { FindingNotifier } from '../drift/findings/FindingNotifier';
import { WaiverPolicy } from '../drift/findings/WaiverPolicy';
import { RuleCatalogue } from '../drift/RuleCatalogue';
import { OwnershipEvents } from '../events/OwnershipEvents';

/** Findings as the API has them, where no waiver needs approval. */
export function authorizedFindings(options: {
  knex: Knex;
  visibility: Visibility;
}): AuthorizedFindingService {
  const { knex, visibility } = options;
  const now = () => new Date('2026-11-21T08:00:00.000Z');
  const logger = mockServices.logger.mock();
  const policy = new WaiverPolicy();
  return new AuthorizedFindingService({
    visibility,
    policy,
    userInfo: mockServices.userInfo(),
    findings: new DefaultFindingService({
      database: knex,
      rules: new RuleCatalogue({
        rules: configureRules({ rules: driftRules }),
      }),
      now,
    }),
    lifeCycle: new FindingLifeCycle({
      database: knex,
      events: new OwnershipEvents({
        events: mockServices.events.mock(),
        logger,
      }),
      notifier: new FindingNotifier({ database: knex, logger, policy }),
      maxWaiverMs: 180 * 86_400_000,
      now,
    }),
  });
}
