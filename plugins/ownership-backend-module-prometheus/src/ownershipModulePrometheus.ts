import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ownershipSliSourcesExtensionPoint } from '@service-ownership/backstage-plugin-ownership-node';
import { readPrometheusConfig } from './PrometheusConfig';
import { PrometheusSource } from './slo/PrometheusSource';

/**
 * Reads SLIs from the servers at `ownership.prometheus.servers`; without any
 * it does nothing.
 *
 * @public
 */
export const ownershipModulePrometheus = createBackendModule({
  pluginId: 'ownership',
  moduleId: 'prometheus',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: ownershipSliSourcesExtensionPoint,
      },
      async init({ config, logger, sources }) {
        const { servers, componentLabels } = readPrometheusConfig(config);
        if (servers.length === 0) {
          logger.info(
            'No SLI is read from Prometheus: there is no server at ownership.prometheus.servers',
          );
          return;
        }
        sources.addSources(new PrometheusSource({ servers, componentLabels }));
      },
    });
  },
});
