import type {
  SloDetail,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
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

const noStates = {
  met: 0,
  'at-risk': 0,
  breached: 0,
  partial: 0,
  'no-traffic': 0,
  'no-data': 0,
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

  it('adds up by team, each figure leading to the SLOs it counts', async () => {
    const rollup = {
      ref: 'group:default/shop',
      title: 'Shop',
      slos: 40,
      byState: { ...noStates, breached: 2, met: 37, 'no-data': 1 },
      meanRemaining: 0.612,
      worstRemaining: -1.5,
      known: 39,
      firing: { page: 1, ticket: 2 },
      hidden: 0,
    };
    const api = mockOwnershipApi({
      listSlos: async () => ({
        items: [status],
        pageInfo: {},
        totalItems: 2000,
        summary: { total: 2000, byState: { breached: 2 }, firing: 3 },
      }),
      getSloRollup: async query =>
        query?.groupBy === 'team'
          ? {
              items: [
                rollup,
                {
                  ...rollup,
                  ref: 'group:default/payments',
                  title: 'Payments',
                  parent: 'group:default/shop',
                  slos: 0,
                  byState: noStates,
                  known: 0,
                  meanRemaining: undefined,
                  worstRemaining: undefined,
                  firing: { page: 0, ticket: 0 },
                  hidden: 7,
                },
              ],
              ungrouped: 3,
            }
          : {
              items: [{ ...rollup, ref: 'system:default/web', title: 'Web' }],
              ungrouped: 0,
            },
    });
    await renderPage({ api, path: '/slos?groupBy=team&text=answers' });

    const table = await screen.findByRole('table', { name: /SLOs by team/ });
    expect(api.getSloRollup).toHaveBeenCalledWith(
      expect.objectContaining({ groupBy: 'team', text: 'answers' }),
    );
    expect(screen.getByText('2,000 SLOs')).toBeInTheDocument();
    const [, shop, payments] = within(table).getAllByRole('row');
    expect(
      within(shop).getByRole('img', {
        name: 'SLOs of Shop: Breached 2, No data 1, Met 37',
      }),
    ).toBeInTheDocument();
    expect(shop).toHaveTextContent(/61\s%known of 39 of 40−150\s%/);
    expect(within(shop).getByRole('link', { name: 'Shop' })).toHaveAttribute(
      'href',
      '/ownership/slos?team=group%3Adefault%2Fshop&text=answers',
    );
    expect(within(shop).getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/ownership/slos?team=group%3Adefault%2Fshop&firing=any&text=answers',
    );
    expect(payments).toHaveTextContent('7 more that you may not see');
    expect(payments).toHaveTextContent('Not known');
    expect(screen.getByText('3 SLOs belong to no team.')).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Alert firing 3' }),
    );
    expect(addressQuery().get('firing')).toBe('any');
    await userEvent.click(screen.getByRole('button', { name: 'Systems' }));
    expect(
      await screen.findByRole('table', { name: 'SLOs by system' }),
    ).toHaveTextContent('Web');
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

    // Each chart shows the range; the budget needs what was before as well.
    const asked = () =>
      api.getSloHistory.mock.calls.map(([, , query]) => query);
    expect(asked()).toEqual([
      {
        from: '2026-11-20T08:00:00.000Z',
        to: '2026-11-21T08:00:00.000Z',
        step: 300,
      },
      {
        from: '2026-10-24T08:00:00.000Z',
        to: '2026-11-20T08:00:00.000Z',
        step: 604_800,
      },
    ]);
    expect(await screen.findAllByText('No data in this range.')).toHaveLength(
      3,
    );

    const ranges = screen.getByRole('group', { name: 'Range' });
    expect(
      within(ranges)
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual([
      '1 hour',
      '6 hours',
      '1 day',
      '7 days',
      'Whole window',
      '90 days',
    ]);
    await userEvent.click(
      within(ranges).getByRole('button', { name: '90 days' }),
    );
    expect(addressQuery().get('range')).toBe('days90');
    // The budget of a rolling window 90 days ago is that of the 28 days before.
    await waitFor(() =>
      expect(asked()[2]).toEqual({
        from: '2026-07-26T08:00:00.000Z',
        to: '2026-11-21T08:00:00.000Z',
        step: 21_600,
      }),
    );
  });

  it('draws the budget from what was before, and lists what happened as it lasted', async () => {
    const steps = (from: string, count: number, step: number, bad: number) =>
      Array.from({ length: count }, (_, index) => ({
        start: new Date(Date.parse(from) + index * step * 1000).toISOString(),
        good: 1000 - bad,
        total: 1000,
        coverage: 1,
      }));
    const api = mockOwnershipApi({
      getSlo: async () => detail,
      // 27 days with 20 bad in a thousand, then a day of 12 hours with 100.
      getSloHistory: async (_, __, query) =>
        query?.step === 604_800
          ? {
              stepSeconds: 604_800,
              points: steps('2026-10-24T08:00:00Z', 4, 604_800, 20),
              markers: [],
            }
          : {
              stepSeconds: 43_200,
              points: steps('2026-11-20T08:00:00Z', 2, 43_200, 100),
              markers: [
                {
                  at: '2026-11-20T10:00:00.000Z',
                  kind: 'changed',
                  title: 'Objective 95 % → 90 %',
                },
              ],
              exclusions: [
                {
                  id: 'e',
                  from: '2026-11-20T09:00:00.000Z',
                  to: '2026-11-20T11:00:00.000Z',
                  reason: 'Move of the database',
                },
              ],
            },
    });
    await renderPage({
      api,
      path: '/slos/component/default/checkout/availability?range=day',
    });
    const marked = await screen.findByRole('list', {
      name: 'Marked on the charts',
    });
    const [change, exclusion] = within(marked).getAllByRole('listitem');
    expect(change).toHaveTextContent(/SLO changed · Objective 95 % → 90 %$/);
    expect(exclusion).toHaveTextContent(
      /Excluded · Move of the database · lasted 2 hr$/,
    );
    expect(screen.getByText('1 excluded stretch')).toBeInTheDocument();
    const [first] = await screen.findAllByRole('button', {
      name: 'Show as a table',
    });
    await userEvent.click(first);
    const table = within(
      screen.getByRole('region', { name: 'Error budget left over time' }),
    );
    // 80 bad of 4,000 before, 280 of 6,000 in all: of 600 allowed.
    expect(
      table
        .getAllByRole('row')
        .slice(1)
        .map(row => within(row).getAllByRole('cell')[1].textContent),
    ).toEqual(
      ['87 %', '70 %', '53 %'].map(text => text.replace(' ', '\u00a0')),
    );
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

  it('counts a sliced budget in slices, and that of a composite from its members', async () => {
    const sliced: SloDetail = {
      ...detail,
      status: {
        ...status,
        budgetingMethod: 'Timeslices',
        state: 'met',
        sli: 0.95,
        budget: {
          consumed: 0.5,
          remaining: 0.5,
          remainingEvents: 403.2,
          remainingSeconds: 120_960,
          estimated: false,
        },
        exhaustionSeconds: 90 * 86_400,
      },
      indicator: {
        threshold: { query: 'latency_p95', op: 'lte', value: 0.3 },
      },
    };
    const composite: SloDetail = {
      ...sliced,
      status: { ...sliced.status, good: undefined, total: undefined },
      indicator: undefined,
      members: [
        {
          entityRef: 'component:default/a',
          slo: 'a',
          title: 'A',
          weight: 1,
          share: 0.25,
          sli: 1,
          lost: 0,
        },
        {
          entityRef: 'component:default/b',
          slo: 'b',
          title: 'B',
          weight: 3,
          share: 0.75,
          sli: 0.9333,
          lost: 0.05,
        },
      ],
    };
    const api = mockOwnershipApi({
      getSlo: async (_, slo) => (slo === 'journey' ? composite : sliced),
      getSloHistory: async () => ({
        stepSeconds: 86_400,
        points: [],
        markers: [],
      }),
    });
    await renderPage({
      api,
      path: '/slos/component/default/checkout/slices',
    });
    expect(
      await screen.findByText(/403 more bad slices of time allowed/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Lasts the whole window at this rate.'),
    ).toBeInTheDocument();
    // 0.5 left are 403.2 of 806.4 allowed: a tenth of 8,064 slices.
    expect(
      screen.getByText(/^403\.2 ÷ \(0\.1 × 8,064\) = 50\s%$/),
    ).toBeInTheDocument();
    expect(screen.getByText('A value: good while ≤ 0.3')).toBeInTheDocument();
    expect(screen.getByText('latency_p95')).toBeInTheDocument();
    cleanup();

    await renderPage({
      api,
      path: '/slos/component/default/checkout/journey',
    });
    expect(
      await screen.findByText(/^25\s% × 100\s% \+ 75\s% × 93\.33\s% = 95\s%$/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^\(1 − 0\.95\) ÷ 0\.1 = 50\s%$/),
    ).toBeInTheDocument();
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
