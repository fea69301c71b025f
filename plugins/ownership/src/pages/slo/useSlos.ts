import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type {
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
export function sloFilterOf(
  params: URLSearchParams,
): Pick<SloQuery, 'team' | 'entityRef' | 'state' | 'text'> {
  const states = sloStates.filter(state =>
    params.getAll('state').includes(state),
  );
  return {
    team: params.get('team') ?? undefined,
    entityRef: params.get('entityRef') ?? undefined,
    state: states.length > 0 ? states : undefined,
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
