import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useLoaded } from '../../screen/useLoaded';

/**
 * What is recorded already and belongs to no component.
 *
 * @internal
 */
export function useDiscovery() {
  const api = useApi(ownershipApiRef);
  return useLoaded({ key: 'discovery', load: () => api.getSloDiscovery() });
}
