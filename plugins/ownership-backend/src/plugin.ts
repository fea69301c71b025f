import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { ownershipPermissions } from '@service-ownership/backstage-plugin-ownership-common';
import { createRouter } from './createRouter';
import { createServices } from './createServices';
import { migrate } from './migrate';
import { registerExtensionPoints } from './registerExtensionPoints';
import { scheduleTasks } from './scheduleTasks';

/**
 * The ownership backend.
 *
 * @public
 */
export const ownershipPlugin = createBackendPlugin({
  pluginId: 'ownership',
  register(env) {
    const extensions = registerExtensionPoints(env);

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { database, httpRouter, lifecycle, permissionsRegistry } = deps;
        const knex = await database.getClient();
        if (!database.migrations?.skip) {
          await migrate({ knex });
        }

        permissionsRegistry.addPermissions(ownershipPermissions);
        const services = createServices({ ...deps, ...extensions, knex });
        await services.scorecardCatalogue.start();
        httpRouter.use(await createRouter({ ...deps, knex, services }));
        httpRouter.addAuthPolicy({ path: '/badges', allow: 'unauthenticated' });
        await scheduleTasks({ ...deps, services });
        lifecycle.addShutdownHook(() => services.scans.shutdown());
      },
    });
  },
});
