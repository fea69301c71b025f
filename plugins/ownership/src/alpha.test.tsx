import { renderTestApp } from '@backstage/frontend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { screen } from '@testing-library/react';
import { anOwnership } from './__testUtils__/anOwnership';
import { checkoutEntity } from './__testUtils__/renderOnEntity';
import ownershipPlugin from './alpha';

const ids = [
  'entity-card:ownership/ownership',
  'entity-card:ownership/error-budget',
  'entity-card:ownership/drift',
  'entity-card:ownership/runbooks',
  'entity-card:ownership/scorecard',
  'entity-card:ownership/group',
] as const;

function renderCards(entity: Entity, getEntity: jest.Mock) {
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity }),
      ...ids.map(id => ownershipPlugin.getExtension(id)),
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [
        ownershipApiRef,
        {
          getEntity,
          getOverview: async () => Promise.reject(new Error('not now')),
          listEntities: async () => ({
            items: [],
            pageInfo: {},
            totalItems: 0,
          }),
        },
      ],
    ] as never,
  });
}

describe('the plugin in the new frontend system', () => {
  it('puts its cards on the page of a component, with one request for all', async () => {
    const getEntity = jest.fn().mockResolvedValue(anOwnership());
    renderCards(checkoutEntity, getEntity);

    for (const title of [
      'Ownership',
      'Error budget',
      'Drift',
      'Runbooks',
      'Maturity',
    ]) {
      expect(
        await screen.findByRole('heading', { name: title }),
      ).toBeInTheDocument();
    }
    expect(await screen.findByText('7 people')).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: 'What this team answers for' }),
    ).not.toBeInTheDocument();
    expect(getEntity).toHaveBeenCalledTimes(1);
    expect(getEntity).toHaveBeenCalledWith('component:default/checkout');
  });

  it('puts its own card on the page of a group', async () => {
    const getEntity = jest.fn();
    renderCards(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'payments', namespace: 'default' },
        spec: { type: 'team', children: [] },
      },
      getEntity,
    );
    expect(
      await screen.findByRole('heading', {
        name: 'What this team answers for',
      }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: 'Error budget' }),
    ).not.toBeInTheDocument();
    expect(getEntity).not.toHaveBeenCalled();
  });

  it('has the tab, the pages and the API', () => {
    expect(
      ownershipPlugin.getExtension('entity-content:ownership/ownership'),
    ).toBeDefined();
    expect(ownershipPlugin.getExtension('page:ownership')).toBeDefined();
    expect(ownershipPlugin.getExtension('api:ownership')).toBeDefined();
  });
});
