import { createBackend } from '@backstage/backend-defaults';
import { exampleHistoryModule } from './exampleHistoryModule';
import { vesselModule } from './vesselModule';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(vesselModule);
backend.add(
  import(
    '@service-ownership/backstage-plugin-catalog-backend-module-ownership'
  ),
);

backend.add(import('@service-ownership/backstage-plugin-ownership-backend'));
backend.add(exampleHistoryModule);
// Reads nothing until ownership.prometheus.servers is configured.
backend.add(
  import(
    '@service-ownership/backstage-plugin-ownership-backend-module-prometheus'
  ),
);

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.start();
