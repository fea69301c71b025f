import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { ContractFiles } from './contract/ContractFiles';
import { OwnershipDriftProcessor } from './drift/OwnershipDriftProcessor';
import { readProcessorConfig } from './drift/readProcessorConfig';
import { VerdictSnapshots } from './drift/VerdictSnapshots';

/**
 * Adds the kinds OwnershipContract and SLO and the `OwnershipDriftProcessor`
 * to the catalog.
 *
 * @public
 */
export const catalogModuleOwnership = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ownership',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        reader: coreServices.urlReader,
      },
      async init({ auth, catalog, config, discovery, events, logger, reader }) {
        const { kinds, snapshotIntervalMs } = readProcessorConfig(config);
        const clock = () => new Date();
        const verdicts = new VerdictSnapshots({
          auth,
          discovery,
          logger,
          intervalMs: snapshotIntervalMs,
          clock,
        });
        await events.subscribe({
          id: 'catalog-ownership-drift-processor',
          topics: ['ownership'],
          onEvent: async ({ eventPayload }) =>
            verdicts.onOwnershipEvent(eventPayload),
        });
        const integrations = ScmIntegrations.fromConfig(config);
        const files = new ContractFiles({ integrations, logger, reader });
        catalog.addProcessor(
          new OwnershipDriftProcessor({
            clock,
            files,
            kinds,
            logger,
            verdicts,
          }),
        );
      },
    });
  },
});
