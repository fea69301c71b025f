import { screen } from '@testing-library/react';
import { renderOnEntity } from './__testUtils__/renderOnEntity';
import {
  EntityDriftCard,
  EntityErrorBudgetCard,
  EntityOwnershipCard,
  EntityOwnershipContent,
  EntityRunbooksCard,
  EntityScorecardCard,
  GroupOwnershipCard,
} from '.';

describe('the plugin in the classic frontend system', () => {
  it.each([
    ['Ownership', <EntityOwnershipCard />],
    ['Error budget', <EntityErrorBudgetCard />],
    ['Runbooks', <EntityRunbooksCard />],
    ['Drift', <EntityDriftCard />],
    ['Maturity', <EntityScorecardCard />],
    ['Who answers', <EntityOwnershipContent />],
    ['What this team answers for', <GroupOwnershipCard />],
  ])('shows %s', async (heading, element) => {
    const page = { items: [], pageInfo: {}, totalItems: 0 };
    await renderOnEntity(element, {
      api: {
        listFindings: async () => page,
        listEntities: async () => page,
        getEntitiesByRefs: async () => ({ items: [] }),
        getOverview: async () => Promise.reject(new Error('not now')),
      },
    });
    expect(
      await screen.findByRole('heading', { name: heading }),
    ).toBeInTheDocument();
  });
});
