import { identityApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { OwnershipApi } from '@service-ownership/backstage-plugin-ownership-common';
import { screen } from '@testing-library/react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { OwnershipPage } from '../OwnershipPage';

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{pathname + search}</output>;
}

/**
 * The ownership pages in a classic app, mounted at `/ownership`, with two
 * groups of which the reader belongs to one.
 *
 * @internal
 */
export async function renderPage(options: {
  api: OwnershipApi;
  /** Below `/ownership`: `/drift?team=…`. */
  path: string;
}) {
  const group = (name: string, displayName: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [], profile: { displayName } },
  });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [ownershipApiRef, options.api],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              group('payments', 'Payments'),
              group('harbour', 'Harbour Interfaces'),
            ],
          }),
        ],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/mara',
            ownershipEntityRefs: [
              'user:default/mara',
              'group:default/payments',
            ],
          }),
        ],
      ]}
    >
      <Address />
      <Routes>
        <Route path="/ownership/*" element={<OwnershipPage />} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [`/ownership${options.path}`],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

/**
 * The query of the address as it stands now.
 *
 * @internal
 */
export function addressQuery(): URLSearchParams {
  const text = screen.getByLabelText('address').textContent ?? '';
  return new URLSearchParams(text.split('?')[1] ?? '');
}
