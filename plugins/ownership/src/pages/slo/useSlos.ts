import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  SloFilter,
  SloQuery,
  SloState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useLoaded } from '../screen/useLoaded';

/** Worst first. @internal */
export const sloStates: readonly SloState[] = [
  'breached',
  'at-risk',
  'no-data',
  'partial',
  'no-traffic',
  'met',
];

/**
 * The filter an address asks for; states the API does not know are left out.
 *
 * @internal
 */
export function sloFilterOf(params: URLSearchParams): SloFilter {
  const states = sloStates.filter(state =>
    params.getAll('state').includes(state),
  );
  return {
    team: params.get('team') ?? undefined,
    entityRef: params.get('entityRef') ?? undefined,
    system: params.get('system') ?? undefined,
    domain: params.get('domain') ?? undefined,
    state: states.length > 0 ? states : undefined,
    firing: (['any', 'page', 'ticket'] as const).find(
      severity => severity === params.get('firing'),
    ),
    text: params.get('text')?.slice(0, 200) || undefined,
  };
}

/**
 * One page of SLOs.
 *
 * @internal
 */
export function useSlos(query: SloQuery) {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: JSON.stringify(query),
    load: () => api.listSlos(query),
  });
}

/** What SLOs are added up by. @internal */
export const sloGroupings = ['team', 'system', 'domain'] as const;

/** @internal */
export type SloGrouping = (typeof sloGroupings)[number];

/**
 * SLOs added up by team, system or domain.
 *
 * @param options - `groupBy`: nothing is asked without it.
 *
 * @internal
 */
export function useSloRollup(options: {
  filter: SloFilter;
  groupBy?: SloGrouping;
}) {
  const api = useApi(ownershipApiRef);
  const { filter, groupBy } = options;
  return useLoaded({
    key: groupBy && JSON.stringify(options),
    load: () => api.getSloRollup({ ...filter, groupBy }),
  });
}

/**
 * One SLO with its definition.
 *
 * @internal
 */
export function useSlo(options: { entityRef: string; slo: string }) {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: JSON.stringify(options),
    load: () => api.getSlo(options.entityRef, options.slo),
  });
}

/**
 * Good and total events of one SLO over time.
 *
 * @param from - ISO 8601; nothing is asked before it is known.
 *
 * @internal
 */
export function useSloHistory(options: {
  entityRef: string;
  slo: string;
  from?: string;
  to?: string;
  step?: number;
}) {
  const api = useApi(ownershipApiRef);
  const { entityRef, slo, ...range } = options;
  return useLoaded({
    key: range.from && JSON.stringify(options),
    load: () => api.getSloHistory(entityRef, slo, range),
  });
}
