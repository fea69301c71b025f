import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useLoaded } from '../../screen/useLoaded';

/**
 * The references that stand for others.
 *
 * @internal
 */
export function useAliases(options: { version: number }) {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: `aliases ${options.version}`,
    load: () => api.listAliases(),
  });
}
