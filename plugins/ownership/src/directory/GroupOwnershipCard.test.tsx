import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  EntitySummary,
  Overview,
} from '@service-ownership/backstage-plugin-ownership-common';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { GroupOwnershipCard } from './GroupOwnershipCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'payments', namespace: 'default' },
  spec: { type: 'team', children: [] },
};
const summary = (
  name: string,
  state: EntitySummary['state'],
  openFindings: number,
): EntitySummary => ({
  entityRef: `component:default/${name}`,
  kind: 'component',
  tier: 'tier-1',
  state,
  ownerRefs: ['group:default/payments'],
  openFindings,
});
const measure = (value?: number, of?: number) => ({ value, of, trend: [] });
const overview: Overview = {
  period: { from: '2026-10-22T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  owned: measure(11, 14),
  orphaned: measure(2, 14),
  atRisk: measure(1, 14),
  unknown: measure(0, 14),
  slosMet: measure(11, 13),
  budgetLeft: measure(),
  reviewsDue: measure(),
  teams: [
    {
      ref: 'group:default/payments',
      title: 'Payments',
      members: 7,
      components: 14,
      load: 2.6,
      overloaded: true,
      openFindings: 4,
      orphaned: 2,
      atRisk: 1,
      slosBreached: 1,
      score: 0.64,
    },
  ],
  upcoming: [],
  hidden: 3,
};

describe('GroupOwnershipCard', () => {
  it('shows the figures, then the components as the backend orders them', async () => {
    const listEntities = jest.fn().mockResolvedValue({
      items: [summary('adapter', 'orphaned', 4), summary('ledger', 'owned', 0)],
      pageInfo: {},
      totalItems: 14,
    });
    const getOverview = jest.fn().mockResolvedValue(overview);
    await renderOnEntity(<GroupOwnershipCard />, {
      entity,
      api: { listEntities, getOverview },
    });
    await screen.findByText('11 of 13');
    expect(getOverview).toHaveBeenCalledWith({
      team: 'group:default/payments',
    });
    expect(listEntities).toHaveBeenCalledWith({
      team: 'group:default/payments',
      limit: 8,
    });
    const figures = screen
      .getAllByRole('term')
      .map((term, index) => [
        term.textContent,
        screen.getAllByRole('definition')[index].textContent,
      ]);
    expect(figures).toEqual([
      ['Components', '14'],
      ['Orphaned', '2'],
      ['At risk', '1'],
      ['SLOs met', '11 of 13'],
      // Not 0: nothing is known.
      ['Reviews due', 'no data'],
      ['Maturity', '64\u00a0%'],
      ['Load per person', '2.6'],
    ]);
    expect(
      screen.getByText(/3 more are not counted: you may not see them\./),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'adapter component · tier 1Orphaned4 open findings',
      'ledger component · tier 1OwnedNo open finding',
    ]);
    expect(
      screen.getByRole('link', { name: 'All 14 components' }),
    ).toHaveAttribute(
      'href',
      '/ownership/components?team=group%3Adefault%2Fpayments',
    );
  });

  it('shows the components where only the figures cannot be had', async () => {
    await renderOnEntity(<GroupOwnershipCard />, {
      entity,
      api: {
        listEntities: async () => ({
          items: [summary('ledger', 'owned', 1)],
          pageInfo: {},
          totalItems: 1,
        }),
        getOverview: async () => Promise.reject(new Error('away')),
      },
    });
    expect(await screen.findByText('1 open finding')).toBeInTheDocument();
    expect(screen.getByText('Components')).toBeInTheDocument();
    expect(screen.queryByText('SLOs met')).not.toBeInTheDocument();
  });

  it('says how a team comes to own something, and why a list is missing', async () => {
    let fails = true;
    await renderOnEntity(<GroupOwnershipCard />, {
      entity,
      api: {
        listEntities: async () => {
          if (fails) {
            throw new Error('The database is away');
          }
          return { items: [], pageInfo: {}, totalItems: 0 };
        },
        getOverview: async () => overview,
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('This team owns nothing yet'),
    ).toBeInTheDocument();
  });
});
