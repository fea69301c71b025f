import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  badgeRoutes,
  briefRoutes,
  contractRoutes,
  directoryRoutes,
  driftRoutes,
  driftViewRoutes,
  entityRoutes,
  handoverRoutes,
  ruleDryRunRoutes,
  initiativeRoutes,
  measureRoutes,
  runbookRoutes,
  scorecardRoutes,
  sloRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import express from 'express';
import Router from 'express-promise-router';
import type { Knex } from 'knex';
import { mountRoutes } from './api/mountRoutes';
import { contractHandlers } from './contract/contractHandlers';
import type { OwnershipServices } from './createServices';
import { directoryHandlers } from './directory/directoryHandlers';
import { driftHandlers } from './drift/driftHandlers';
import { driftViewHandlers } from './drift/view/driftViewHandlers';
import { ruleDryRunHandlers } from './drift/dryRun/ruleDryRunHandlers';
import { badgeHandlers } from './entity/badge/badgeHandlers';
import { entityHandlers } from './entity/entityHandlers';
import { handoverHandlers } from './handover/handoverHandlers';
import { initiativeHandlers } from './initiative/initiativeHandlers';
import { measureHandlers } from './measure/measureHandlers';
import { runbookHandlers } from './runbook/runbookHandlers';
import { openApiDocument } from './schema/openApiDocument';
import { briefHandlers } from './scorecard/brief/briefHandlers';
import { scorecardHandlers } from './scorecard/scorecardHandlers';
import { sloHandlers } from './slo/sloHandlers';

/**
 * The HTTP API: each room's routes with its handlers.
 */
export async function createRouter(options: {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  knex: Knex;
  services: OwnershipServices;
}): Promise<express.Router> {
  const { auditor, httpAuth, knex, services } = options;
  const { visibility } = services;
  const router = Router();
  const common = { router, httpAuth, auditor };

  // 10,000 samples, and a contract of 1 MiB that is mostly escapes.
  router.use('/slis/samples', express.json({ limit: '8mb' }));
  router.use('/contracts/validate', express.json({ limit: '4mb' }));
  // 1,000 events or 5,000 measurements; media types of CloudEvents among them.
  router.use(
    ['/events', '/measurements'],
    express.json({
      limit: '4mb',
      type: ['application/json', 'application/*+json'],
    }),
  );
  // 1,000 refs of 300 characters.
  router.use(express.json({ limit: '512kb' }));

  router.get('/openapi.json', (_, res) => {
    res.json(openApiDocument());
  });
  mountRoutes({
    ...common,
    routes: entityRoutes,
    handlers: entityHandlers({ ...services, knex, visibility }),
  });
  mountRoutes({
    ...common,
    routes: badgeRoutes,
    handlers: badgeHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: contractRoutes,
    handlers: contractHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: runbookRoutes,
    handlers: runbookHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: driftRoutes,
    handlers: driftHandlers({
      ...services,
      runner: services.scans,
      rules: services.catalogue,
    }),
  });
  mountRoutes({
    ...common,
    routes: driftViewRoutes,
    handlers: driftViewHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: directoryRoutes,
    handlers: directoryHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: ruleDryRunRoutes,
    handlers: ruleDryRunHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: sloRoutes,
    handlers: sloHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: briefRoutes,
    handlers: briefHandlers({ ...services, knex }),
  });
  mountRoutes({
    ...common,
    routes: scorecardRoutes,
    handlers: scorecardHandlers({ ...services, knex }),
  });
  mountRoutes({
    ...common,
    routes: handoverRoutes,
    handlers: handoverHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: initiativeRoutes,
    handlers: initiativeHandlers(services),
  });
  mountRoutes({
    ...common,
    routes: measureRoutes,
    handlers: measureHandlers(services),
  });
  return router;
}
