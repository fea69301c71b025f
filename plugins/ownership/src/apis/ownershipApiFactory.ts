import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { OwnershipClient } from '@service-ownership/backstage-plugin-ownership-common';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';

/**
 * The ownership backend, called as the signed-in user.
 *
 * @internal
 */
export const ownershipApiFactory = createApiFactory({
  api: ownershipApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new OwnershipClient(deps),
});
