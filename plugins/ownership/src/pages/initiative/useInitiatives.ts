import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  InitiativeEntityQuery,
  InitiativeState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useLoaded } from '../screen/useLoaded';

/** Initiatives with their progress, the furthest behind first. @internal */
export function useInitiatives(options: {
  team?: string;
  states?: InitiativeState[];
}) {
  const api = useApi(ownershipApiRef);
  const { team, states } = options;
  return useLoaded({
    key: JSON.stringify([team, states]),
    load: () => api.listInitiatives({ team, state: states }),
  });
}

/** One initiative. @internal */
export function useInitiative(id: string) {
  const api = useApi(ownershipApiRef);
  return useLoaded({ key: id, load: () => api.getInitiative(id) });
}

/**
 * One page of the components in scope.
 *
 * @param options - `version`: changes where the answer may have
 * @internal
 */
export function useInitiativeEntities(options: {
  id: string;
  version: string;
  query: InitiativeEntityQuery;
}) {
  const api = useApi(ownershipApiRef);
  const { id, query } = options;
  return useLoaded({
    key: JSON.stringify(options),
    load: () => api.listInitiativeEntities(id, query),
  });
}

/** The scorecards and rules a goal can be made of. @internal */
export function useGoalChoices() {
  const api = useApi(ownershipApiRef);
  return useLoaded({
    key: 'goals',
    load: async () => {
      const [scorecards, rules] = await Promise.all([
        api.listScorecards(),
        api.listRules(),
      ]);
      return {
        scorecards: scorecards.items,
        rules: rules.items.filter(({ enabled }) => enabled),
      };
    },
  });
}
