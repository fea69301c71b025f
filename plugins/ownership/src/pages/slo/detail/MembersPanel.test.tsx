import type { SloDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { screen } from '@testing-library/react';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { renderPage } from '../../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const entityRef = 'component:default/checkout';
const detail: SloDetail = {
  status: {
    entityRef,
    slo: 'journey',
    title: 'The journey',
    objective: 0.9,
    budgetingMethod: 'Occurrences',
    window: {
      duration: '28d',
      type: 'rolling',
      start: '2026-10-24T08:00:00.000Z',
      end: '2026-11-21T08:00:00.000Z',
    },
    state: 'met',
    sli: 0.97,
    budget: {
      consumed: 0.3,
      remaining: 0.7,
      remainingEvents: 169_344,
      remainingSeconds: 169_344,
      estimated: false,
    },
    burnRates: [],
    alerts: [],
    coverage: 0.8,
    evaluatedAt: '2026-11-21T08:00:00.000Z',
  },
  members: [
    {
      entityRef: 'component:default/pay',
      slo: 'charge',
      title: 'Cards are charged',
      weight: 3,
      share: 1,
      sli: 0.97,
      lost: 0.03,
    },
    {
      entityRef,
      slo: 'search',
      title: 'Search answers',
      weight: 1,
      reason: 'It has no data in the window.',
    },
  ],
  hiddenMembers: 1,
  origin: { entityRef, path: '' },
  warnings: [],
  policyActions: [],
  runbooks: [],
};

describe('MembersPanel', () => {
  it('shows the part of each member, who is left out, and no events', async () => {
    await renderPage({
      api: mockOwnershipApi({
        getSlo: async () => detail,
        getSloHistory: async () => ({
          stepSeconds: 3600,
          points: [],
          markers: [],
        }),
      }),
      path: '/slos/component/default/checkout/journey',
    });
    expect(
      await screen.findByRole('link', { name: 'Cards are charged' }),
    ).toHaveAttribute('href', expect.stringContaining('/default/pay/charge'));
    expect(
      screen.getByText('Left out: It has no data in the window.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('And 1 member that you may not see.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The budget of a composite is counted in time.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/bad events/)).not.toBeInTheDocument();
  });
});
