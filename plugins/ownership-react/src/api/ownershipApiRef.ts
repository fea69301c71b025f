import { createApiRef } from '@backstage/core-plugin-api';
import type { OwnershipApi } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The ownership backend, as the browser calls it.
 *
 * @public
 */
export const ownershipApiRef = createApiRef<OwnershipApi>({
  id: 'plugin.ownership.service',
});
