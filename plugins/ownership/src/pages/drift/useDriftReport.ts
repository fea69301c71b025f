import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  FindingFilter,
  FindingGroupBy,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useLoaded } from '../screen/useLoaded';

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
  ready: boolean;
}) {
  const api = useApi(ownershipApiRef);
  const { filter, groupBy, version, ready } = options;
  const others =
    groupBy === 'age'
      ? { minAgeDays: undefined, maxAgeDays: undefined }
      : { [groupBy]: undefined };
  const query = { ...filter, ...others, groupBy };
  return useLoaded({
    key: ready ? JSON.stringify([query, version]) : undefined,
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
