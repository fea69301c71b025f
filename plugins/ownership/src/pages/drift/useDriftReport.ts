import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  FindingFilter,
  FindingGroupBy,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useLoaded } from '../screen/useLoaded';

/**
 * One page of findings.
 *
 * @internal
 */
export function useFindings(options: {
  filter: FindingFilter;
  orderBy?: string;
  cursor?: string;
  limit: number;
  version: number;
}) {
  const api = useApi(ownershipApiRef);
  const { filter, version, ...page } = options;
  const query = { ...filter, ...page };
  return useLoaded({
    key: JSON.stringify([query, version]),
    load: () => api.listFindings(query),
  });
}

/**
 * Findings counted by one property. What the list is filtered by in that very
 * property does not narrow the groups: one can go from one to the next.
 *
 * @internal
 */
export function useDriftSummary(options: {
  filter: FindingFilter;
  groupBy: FindingGroupBy;
  version: number;
}) {
  const api = useApi(ownershipApiRef);
  const { filter, groupBy, version } = options;
  const query = { ...filter, [groupBy]: undefined, groupBy };
  return useLoaded({
    key: JSON.stringify([query, version]),
    load: () => api.getDriftSummary(query),
  });
}

/**
 * Open findings over the last weeks.
 *
 * @internal
 */
export function useDriftHistory(options: {
  team?: string;
  days: number;
  version: number;
}) {
  const api = useApi(ownershipApiRef);
  const { team, days, version } = options;
  return useLoaded({
    key: JSON.stringify([team, days, version]),
    load: () =>
      api.getDriftHistory({
        team,
        from: new Date(Date.now() - days * 86_400_000).toISOString(),
      }),
  });
}

/**
 * The rules as configured.
 *
 * @internal
 */
export function useRules() {
  const api = useApi(ownershipApiRef);
  return useLoaded({ key: 'rules', load: () => api.listRules() });
}

/**
 * One finding with its time line.
 *
 * @internal
 */
export function useFinding(options: {
  id: string | undefined;
  version: number;
}) {
  const api = useApi(ownershipApiRef);
  const { id, version } = options;
  return useLoaded({
    key: id && JSON.stringify([id, version]),
    load: () => api.getFinding(id!),
  });
}

/**
 * Components that left the catalog, latest first.
 *
 * @internal
 */
export function useTombstones(options: { limit: number; version: number }) {
  const api = useApi(ownershipApiRef);
  const { limit, version } = options;
  return useLoaded({
    key: JSON.stringify([limit, version]),
    load: () => api.listTombstones({ limit }),
  });
}
