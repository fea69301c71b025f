import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useLoaded } from '../screen/useLoaded';

/** Lengths of the period one can choose, in days. @internal */
export const periods = [7, 30, 90, 365];

/**
 * The period an address asks for, in days; 30 unless told.
 *
 * @internal
 */
export function periodOf(params: URLSearchParams): number {
  const days = Number(params.get('days'));
  return periods.includes(days) ? days : 30;
}

/**
 * The figures of one group, or of the whole organisation.
 *
 * @internal
 */
export function useOverview(options: { team?: string; days: number }) {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: JSON.stringify([options.team, options.days]),
    load: () => api.getOverview(options),
  });
}
