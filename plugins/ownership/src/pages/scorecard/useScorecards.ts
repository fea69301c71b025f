import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { ScorecardResultQuery } from '@service-ownership/backstage-plugin-ownership-common';
import { useLoaded } from '../screen/useLoaded';

/** @internal */
export type RollupBy = 'team' | 'domain' | 'system';

/** @internal */
export const rollupBys: readonly RollupBy[] = ['team', 'domain', 'system'];

/** The scorecards as configured. @internal */
export function useScorecards() {
  const api = useApi(ownershipApiRef);
  return useLoaded({ key: 'scorecards', load: () => api.listScorecards() });
}

/** Entities by level for every group. @internal */
export function useRollup(options: { id: string; groupBy: RollupBy }) {
  const api = useApi(ownershipApiRef);
  const { id, groupBy } = options;
  return useLoaded({
    key: JSON.stringify([id, groupBy]),
    load: () => api.getScorecardRollup(id, { groupBy }),
  });
}

/** Entities by level, one point a day. @internal */
export function useScorecardHistory(options: { id: string; team?: string }) {
  const api = useApi(ownershipApiRef);
  const { id, team } = options;
  return useLoaded({
    key: JSON.stringify([id, team]),
    load: () => api.getScorecardHistory(id, { team }),
  });
}

/** One page of results by entity. @internal */
export function useScorecardResults(options: {
  id: string;
  query: ScorecardResultQuery;
}) {
  const api = useApi(ownershipApiRef);
  const { id, query } = options;
  return useLoaded({
    key: JSON.stringify([id, query]),
    load: () => api.listScorecardResults(id, query),
  });
}
