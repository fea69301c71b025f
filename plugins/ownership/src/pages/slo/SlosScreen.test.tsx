import type {
  SloDetail,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const status: SloStatus = {
  entityRef: 'component:default/checkout',
  entityTitle: 'Checkout',
  slo: 'availability',
  title: 'Checkout answers',
  objective: 0.9,
  budgetingMethod: 'Occurrences',
  window: {
    duration: '28d',
    type: 'rolling',
    start: '2026-10-24T08:00:00.000Z',
    end: '2026-11-21T08:00:00.000Z',
  },
  state: 'breached',
  sli: 0.88,
  good: 8_800,
  total: 10_000,
  budget: {
    consumed: 1.2,
    remaining: -0.2,
    remainingEvents: -200,
    remainingSeconds: -48_384,
    estimated: false,
  },
  burnRates: [
    { windowSeconds: 300, errorRate: 0.2, burnRate: 2, coverage: 1 },
    { windowSeconds: 3_600, errorRate: 0.31, burnRate: 3.1, coverage: 1 },
    { windowSeconds: 7_200, errorRate: 0.31, burnRate: 3.1, coverage: 1 },
    { windowSeconds: 86_400, errorRate: 0.3, burnRate: 3, coverage: 1 },
  ],
  alerts: [
    {
      severity: 'page',
      longSeconds: 3_600,
      shortSeconds: 300,
      factor: 13.44,
      reachable: false,
      firing: false,
    },
    {
      severity: 'ticket',
      longSeconds: 86_400,
      shortSeconds: 7_200,
      factor: 2.8,
      reachable: true,
      firing: true,
      since: '2026-11-21T06:00:00.000Z',
    },
  ],
  exhaustionSeconds: 0,
  coverage: 0.99,
  lastDataAt: '2026-11-21T07:55:00.000Z',
  evaluatedAt: '2026-11-21T08:00:00.000Z',
  ownerRefs: ['group:default/payments'],
};

const silent: SloStatus = {
  ...status,
  slo: 'freshness',
  title: 'Data is fresh',
  state: 'no-data',
  reason: 'Prometheus did not answer',
  sli: undefined,
  good: undefined,
  total: undefined,
  budget: undefined,
  burnRates: [],
  alerts: [],
  exhaustionSeconds: undefined,
  lastDataAt: undefined,
};

const detail: SloDetail = {
  status,
  indicator: { good: 'sum(good)', total: 'sum(total)' },
  origin: { entityRef: status.entityRef, path: 'spec.slos[0]' },
  warnings: ['op is not used'],
  policyActions: [
    {
      action: 'freeze',
      remainingBelow: 0,
      description: 'Only fixes ship.',
      since: '2026-11-19T12:00:00.000Z',
    },
  ],
  runbooks: [
    { id: 'a', title: 'Roll back', url: 'https://example.org/rollback' },
    // eslint-disable-next-line no-script-url -- what somebody may write
    { id: 'b', title: 'Trick', url: 'javascript:alert(1)' },
  ],
};

describe('SlosScreen', () => {
  it('lists the worst first in words, and keeps filters and order in the address', async () => {
    const api = mockOwnershipApi({
      listSlos: async () => ({
        items: [status, silent],
        pageInfo: {},
        totalItems: 2,
        summary: { total: 2, byState: { breached: 1, 'no-data': 1 } },
      }),
    });
    await renderPage({
      api,
      path: '/slos?team=group:default/payments&state=x',
    });

    const table = await screen.findByRole('table', { name: /least error/ });
    expect(api.listSlos).toHaveBeenCalledWith({
      team: 'group:default/payments',
      entityRef: undefined,
      state: undefined,
      text: undefined,
      orderBy: undefined,
      cursor: undefined,
      limit: 50,
    });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('3.1×, budget is gone');
    expect(first).toHaveTextContent('Ticket firing');
    expect(second).not.toHaveTextContent('firing');
    expect(
      within(first).getByRole('link', { name: 'Checkout answers' }),
    ).toHaveAttribute(
      'href',
      '/ownership/slos/component/default/checkout/availability',
    );
    expect(second).toHaveTextContent('Not known');
    expect(second).toHaveTextContent('Never');

    await userEvent.click(screen.getByRole('button', { name: 'Burning now' }));
    expect(addressQuery().get('orderBy')).toBe('burnRate,desc');
    const states = screen.getByRole('group', { name: 'SLOs by state' });
    await userEvent.click(
      within(states).getByRole('button', { name: /No data/ }),
    );
    expect(addressQuery().getAll('state')).toEqual(['no-data']);
    await waitFor(() =>
      expect(api.listSlos).toHaveBeenLastCalledWith(
        expect.objectContaining({
          state: ['no-data'],
          orderBy: 'burnRate,desc',
        }),
      ),
    );
  });

  it('says what to do where there is no SLO at all', async () => {
    const api = mockOwnershipApi({
      listSlos: async () => ({
        items: [],
        pageInfo: {},
        totalItems: 0,
        summary: { total: 0, byState: {} },
      }),
    });
    await renderPage({ api, path: '/slos' });
    expect(
      await screen.findByText('No SLO is defined yet'),
    ).toBeInTheDocument();
  });
});

describe('SloDetailScreen', () => {
  it('shows the figures, the thresholds that can never fire, and the math', async () => {
    const api = mockOwnershipApi({
      getSlo: async () => detail,
      getSloHistory: async () => ({
        stepSeconds: 86_400,
        points: [],
        markers: [],
      }),
    });
    await renderPage({
      api,
      path: '/slos/component/default/checkout/availability?range=day',
    });

    expect(
      await screen.findByRole('heading', { name: 'Checkout answers' }),
    ).toBeInTheDocument();
    expect(api.getSlo).toHaveBeenCalledWith(
      'component:default/checkout',
      'availability',
    );
    expect(
      screen.getByText('8,800 of 10,000 events were good'),
    ).toBeInTheDocument();
    expect(screen.getByText(/200 bad events too many/)).toHaveTextContent(
      '13 hr, 26 min of full outage too much',
    );
    expect(
      screen.getByText(
        'Can never fire: 13.44× is above the most possible, 10×',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/Firing since/)).toBeInTheDocument();
    expect(
      screen.getByText('1,200 ÷ (0.1 × 10,000) = 120 %'),
    ).toBeInTheDocument();
    expect(screen.getByText('sum(good)')).toBeInTheDocument();
    expect(screen.getByText(/Only fixes ship\./)).toHaveTextContent(
      /^Freeze since Nov 19: Only fixes ship\.when less than 0\s%/,
    );
    expect(screen.getByText('op is not used')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /Roll back/ })).toHaveAttribute(
      'href',
      'https://example.org/rollback',
    );
    expect(
      screen.queryByRole('link', { name: /Trick/ }),
    ).not.toBeInTheDocument();

    // The burn-down needs the whole window, the other charts the range.
    const asked = api.getSloHistory.mock.calls.map(([, , query]) => query);
    expect(asked).toEqual([
      {
        from: '2026-10-24T08:00:00.000Z',
        to: '2026-11-21T08:00:00.000Z',
        step: 8_100,
      },
      {
        from: '2026-11-20T08:00:00.000Z',
        to: '2026-11-21T08:00:00.000Z',
        step: 300,
      },
    ]);
    expect(await screen.findAllByText('No data in this range.')).toHaveLength(
      3,
    );

    await userEvent.click(screen.getByRole('button', { name: '7 days' }));
    expect(addressQuery().get('range')).toBe('week');
  });

  it('tells an alert that is held, and one nobody knows about, from one that burns', async () => {
    const alert = { ...status.alerts[1], keepFiringSeconds: 7_200 };
    const api = mockOwnershipApi({
      getSlo: async () => ({
        ...detail,
        status: {
          ...status,
          alerts: [
            { ...alert, heldSince: '2026-11-21T07:30:00.000Z' },
            {
              ...alert,
              longSeconds: 259_200,
              shortSeconds: 21_600,
              factor: 0.9,
              shortFactor: 2,
              name: 'slow-burn',
              unknownSince: '2026-11-21T07:30:00.000Z',
            },
            {
              ...alert,
              factor: 1,
              firing: false,
              since: undefined,
              pendingSince: '2026-11-21T07:55:00.000Z',
            },
          ],
        },
      }),
      getSloHistory: async () => ({
        stepSeconds: 86_400,
        points: [],
        markers: [],
      }),
    });
    await renderPage({
      api,
      path: '/slos/component/default/checkout/availability',
    });
    const table = await screen.findByRole('table', {
      name: /alert thresholds/,
    });
    const [, held, unknown, pending] = within(table).getAllByRole('row');
    expect(held).toHaveTextContent(
      /Firing since .*Below the threshold since .*; resolves once that has lasted 2 hr/,
    );
    expect(unknown).toHaveTextContent(
      /slow-burn.*0\.9× \/ 2×.*Firing since .*Whether it still would is not known: no data since/,
    );
    expect(pending).toHaveTextContent(/Above the threshold since/);
  });

  it('gives the reason where nothing is known', async () => {
    const api = mockOwnershipApi({
      getSlo: async () => ({ ...detail, status: silent }),
      getSloHistory: async () => {
        throw new Error('No history kept');
      },
    });
    await renderPage({
      api,
      path: '/slos/component/default/checkout/freshness',
    });
    expect(
      (await screen.findAllByText('Prometheus did not answer')).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByText(/NaN|undefined/)).not.toBeInTheDocument();
    expect(
      (await screen.findAllByText('No history kept')).length,
    ).toBeGreaterThan(0);
  });
});
