import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  EntityOwnership,
  OwnershipApi,
} from '@service-ownership/backstage-plugin-ownership-common';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { ReactElement } from 'react';
import { pagesRouteRef } from '../routes';
import { anOwnership } from './anOwnership';

/** The component the fixtures are about. */
export const checkoutEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
};

/**
 * Something of an entity page in a classic app, with a backend that answers
 * with this ownership. Calls that are not given fail the test.
 *
 * @internal
 */
export async function renderOnEntity(
  element: ReactElement,
  options: {
    ownership?: Partial<EntityOwnership>;
    api?: Partial<OwnershipApi>;
    entity?: Entity;
    /** What else is in the catalog. */
    others?: Entity[];
  } = {},
) {
  const { entity = checkoutEntity, others = [] } = options;
  const api: Partial<OwnershipApi> = {
    getEntity: async () => anOwnership(options.ownership),
    getEntityMeasures: async entityRef => ({
      entityRef,
      period: {
        from: '2026-10-22T08:00:00.000Z',
        to: '2026-11-21T08:00:00.000Z',
      },
      failureWindowSeconds: 86_400,
      items: [],
      costs: [],
      deployments: [],
      incidents: [],
    }),
    listBadges: async () => ({ items: [] }),
    ...options.api,
  };
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [ownershipApiRef, api as OwnershipApi],
        [catalogApiRef, catalogApiMock({ entities: [entity, ...others] })],
      ]}
    >
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/ownership': pagesRouteRef,
      },
    },
  );
}
