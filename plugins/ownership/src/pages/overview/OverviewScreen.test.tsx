import type {
  DriftSummary,
  Overview,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const day = (date: string, value: number) => ({
  at: `2026-11-${date}T08:00:00.000Z`,
  value,
});

const overview: Overview = {
  period: {
    from: '2026-10-22T08:00:00.000Z',
    to: '2026-11-21T08:00:00.000Z',
  },
  owned: { value: 30, previous: 30, of: 40, trend: [day('20', 30)] },
  orphaned: { value: 7, previous: 2, of: 40, trend: [day('20', 7)] },
  atRisk: { value: 3, previous: 5, of: 40, trend: [day('20', 3)] },
  unknown: { value: 0, of: 40, trend: [] },
  slosMet: { value: 6, of: 8, unknown: 1, trend: [] },
  budgetLeft: { value: 0.41, previous: 0.58, trend: [] },
  reviewsDue: { trend: [] },
  measures: {
    month: '2026-10',
    deployments: 40,
    failures: 5,
    changeFailureRate: 0.125,
    incidents: 2,
    openIncidents: 1,
    costs: [
      {
        currency: 'EUR',
        amount: 260,
        entities: 3,
        budgeted: 230,
        budget: 200,
        over: 1,
      },
      {
        currency: 'USD',
        amount: 5,
        entities: 1,
        budgeted: 0,
        budget: 0,
        over: 0,
      },
    ],
  },
  teams: [
    {
      ref: 'group:default/payments',
      title: 'Payments',
      members: 5,
      components: 9,
      load: 3.2,
      overloaded: true,
      openFindings: 12,
      orphaned: 1,
      atRisk: 0,
      slosBreached: 0,
      score: 0.5,
      previousScore: 0.6,
      level: 'Beginner',
    },
    {
      ref: 'group:default/cards',
      title: 'Cards',
      parent: 'group:default/payments',
      members: 2,
      components: 2,
      overloaded: false,
      openFindings: 0,
      orphaned: 0,
      atRisk: 0,
      slosBreached: 0,
    },
  ],
  upcoming: [
    {
      kind: 'review',
      entityRef: 'component:default/ledger',
      title: 'Ledger',
      dueAt: '2026-11-10T00:00:00.000Z',
      ownerRefs: ['group:default/payments'],
    },
  ],
  hidden: 3,
};

const ownersOf = (components: number): DriftSummary => ({
  groupBy: 'ownerRef',
  items:
    components === 0
      ? []
      : [
          {
            key: 'group:default/gone',
            title: 'gone',
            resolves: false,
            findings: components,
            components,
            bySeverity: { critical: components, high: 0, medium: 0, low: 0 },
          },
        ],
  totals: {
    findings: components,
    components,
    byState: { owned: 0, 'at-risk': 0, orphaned: components, unknown: 0 },
  },
  hidden: 0,
});

describe('OverviewScreen', () => {
  it('answers how the organisation stands, and opens what is behind each figure', async () => {
    const api = mockOwnershipApi({
      getOverview: async () => overview,
      getDriftSummary: async ({ state }) =>
        ownersOf(state?.includes('orphaned') ? 2 : 0),
    });
    await renderPage({ api, path: '?days=90' });

    const tiles = await screen.findByRole('list', { name: 'Key figures' });
    expect(api.getOverview).toHaveBeenCalledWith({ team: undefined, days: 90 });
    const tile = (name: RegExp) => within(tiles).getByRole('link', { name });
    expect(tile(/^Orphaned/)).toHaveTextContent('7');
    expect(tile(/^Orphaned/)).toHaveTextContent('up 5 since Oct 22');
    expect(tile(/^Orphaned/)).toHaveAttribute(
      'href',
      '/ownership/components?state=orphaned',
    );
    expect(tile(/^At risk/)).toHaveTextContent('down 2');
    expect(tile(/^Owned/)).toHaveTextContent('no change since');
    expect(tile(/^Budget left/)).toHaveTextContent('41 %');
    expect(tile(/^Budget left/)).toHaveTextContent('down 17 points');
    // Nothing known is said, and a first value is not a trend.
    expect(tile(/^Reviews due/)).toHaveTextContent('No data yet');
    expect(tile(/^SLOs met/)).toHaveTextContent('Trend starts today');
    expect(tile(/^SLOs met/)).toHaveTextContent(
      'promises that are kept · 1 without data',
    );
    // Until there is a line to draw: whose components want attention.
    const unresolved = await screen.findByRole('link', {
      name: /group:default\/gone does not exist 2 orphaned/,
    });
    expect(unresolved).toHaveAttribute(
      'href',
      '/ownership/drift?ownerRef=group%3Adefault%2Fgone&state=orphaned&state=at-risk',
    );
    expect(
      screen.getByText(/3 components are not counted here/),
    ).toBeInTheDocument();
    expect(screen.getByText('Overdue')).toBeInTheDocument();

    const behind = (name: RegExp) =>
      screen.getByRole('link', { name }).getAttribute('href');
    expect(behind(/^Change failure rate.*13\s%.*5 of 40 failed/)).toBe(
      '/ownership/measures?show=failures&days=90',
    );
    expect(behind(/^Open now/)).toContain('show=open-incidents');
    // Two currencies are two sums.
    expect(screen.getByText('€230 of €200 budgeted')).toBeInTheDocument();
    expect(behind(/1 component over its budget/)).toBe(
      '/ownership/measures?show=over-budget&currency=EUR',
    );
    expect(behind(/^\$5 in all/)).toContain('currency=USD');

    const table = screen.getByRole('table', { name: /Teams with level/ });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('Payments');
    expect(first).toHaveTextContent('down 10 points');
    expect(first).toHaveTextContent('Too much');
    expect(second).toHaveTextContent('No level yet');
    expect(within(first).getByRole('link', { name: '12' })).toHaveAttribute(
      'href',
      '/ownership/drift?team=group%3Adefault%2Fpayments',
    );

    await userEvent.click(screen.getByRole('button', { name: 'Team' }));
    expect(addressQuery().get('sort')).toBe('title');

    await userEvent.click(
      within(first).getByRole('link', { name: 'Payments' }),
    );
    expect(addressQuery().get('team')).toBe('group:default/payments');
    await waitFor(() =>
      expect(api.getOverview).toHaveBeenLastCalledWith(
        expect.objectContaining({ team: 'group:default/payments' }),
      ),
    );
  });

  it('names the three biggest movers each way, and where all are', async () => {
    const mover = (name: string) => ({
      entityRef: `component:default/${name}`,
      entityTitle: name,
      from: 'none',
      to: 'basic',
      fromScore: 0.2,
      toScore: 0.5,
      day: '2026-11-20',
      ownerRefs: [],
      reasons: [],
    });
    const api = mockOwnershipApi({
      getOverview: async () => overview,
      getDriftSummary: async () => ownersOf(0),
      listScorecards: async () => ({
        items: [
          {
            id: 'maturity',
            title: 'Maturity',
            levels: [{ id: 'basic', title: 'Basic', rules: [] }],
          },
        ],
      }),
      getScorecardMovers: async () => ({
        since: '2026-10-22',
        entities: {
          down: { count: 0, items: [] },
          up: { count: 9, items: ['a', 'b', 'c'].map(mover) },
        },
        teams: { down: [], up: [] },
        hidden: 0,
      }),
    });
    await renderPage({ api, path: '?team=group:default/payments' });

    const panel = await screen.findByRole('region', { name: 'Biggest movers' });
    const rose = await within(panel).findByRole('region', {
      name: '9 components rose',
    });
    expect(api.getScorecardMovers).toHaveBeenCalledWith('maturity', {
      team: 'group:default/payments',
      since: '2026-10-22',
      limit: 3,
    });
    expect(within(rose).getByText('and 6 more')).toBeInTheDocument();
    expect(
      within(panel).getByRole('link', { name: 'All movers' }),
    ).toHaveAttribute(
      'href',
      '/ownership/scorecards?scorecard=maturity&group=group%3Adefault%2Fpayments',
    );
  });

  it('offers the reader’s own teams as scope', async () => {
    const api = mockOwnershipApi({
      getOverview: async () => overview,
      getDriftSummary: async ({ state }) =>
        ownersOf(state?.includes('orphaned') ? 2 : 0),
    });
    await renderPage({ api, path: '' });
    await screen.findByRole('list', { name: 'Key figures' });

    await userEvent.click(screen.getByRole('button', { name: /Scope/ }));
    const mine = await screen.findByRole('group', { name: 'My teams' });
    await userEvent.click(
      within(mine).getByRole('option', { name: 'Payments' }),
    );
    expect(addressQuery().get('team')).toBe('group:default/payments');
  });

  it('says what is wrong, and what to do where there is nothing', async () => {
    let broken = true;
    const none = { value: 0, trend: [] };
    const api = mockOwnershipApi({
      getOverview: async () => {
        if (broken) {
          throw new Error('The database is away');
        }
        return {
          ...overview,
          owned: none,
          orphaned: none,
          atRisk: none,
          unknown: none,
          teams: [],
        };
      },
    });
    await renderPage({ api, path: '' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    broken = false;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByText('Nothing to look after here yet'),
    ).toBeInTheDocument();
  });
});
