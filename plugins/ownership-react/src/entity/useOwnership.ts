import { useApi } from '@backstage/core-plugin-api';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import { useCallback, useSyncExternalStore } from 'react';
import { ownershipApiRef } from '../api';
import { OwnershipCache } from './OwnershipCache';

/**
 * What is known of the ownership of an entity.
 *
 * @public
 */
export interface OwnershipRequest {
  /** True while a request is under way; `value` may still be the answer before. */
  loading: boolean;
  /** The last answer. */
  value?: EntityOwnership;
  /** Why there is no answer. */
  error?: Error;
  /** Asks again, for every block that shows this entity. */
  retry(): void;
}

/**
 * The ownership of one entity. All blocks on a page that show the same entity
 * share one request, and see each other's changes after `retry`.
 *
 * @param entityRef - full entity ref, `kind:namespace/name`
 *
 * @public
 */
export function useOwnership(entityRef: string): OwnershipRequest {
  const cache = OwnershipCache.for(useApi(ownershipApiRef));
  const snapshot = useSyncExternalStore(
    useCallback(
      listener => cache.subscribe(entityRef, listener),
      [cache, entityRef],
    ),
    () => cache.read(entityRef),
  );
  const retry = useCallback(() => cache.load(entityRef), [cache, entityRef]);
  return { ...snapshot, retry };
}
