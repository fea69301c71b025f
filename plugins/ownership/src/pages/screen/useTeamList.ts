import { stringifyEntityRef } from '@backstage/catalog-model';
import type { GroupEntity } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoaded } from './useLoaded';

/** @internal */
export interface Team {
  ref: string;
  title: string;
  mine: boolean;
}

/**
 * The groups of the organisation by title, and which of them the reader
 * belongs to. Empty while they are on their way or cannot be had: a filter
 * still works without its list.
 *
 * @internal
 */
export function useTeamList(): Team[] {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const { value } = useLoaded({
    key: 'teams',
    load: async () => {
      const [groups, identity] = await Promise.all([
        catalogApi.getEntities({
          filter: { kind: 'Group' },
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'metadata.title',
            'spec.profile.displayName',
          ],
        }),
        identityApi.getBackstageIdentity(),
      ]);
      const mine = new Set(identity.ownershipEntityRefs);
      return (groups.items as GroupEntity[])
        .map(group => {
          const ref = stringifyEntityRef(group);
          return {
            ref,
            title:
              group.spec?.profile?.displayName ??
              group.metadata.title ??
              group.metadata.name,
            mine: mine.has(ref),
          };
        })
        .sort((a, b) => a.title.localeCompare(b.title));
    },
  });
  return value ?? [];
}
