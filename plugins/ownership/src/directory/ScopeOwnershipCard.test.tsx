import { screen, within } from '@testing-library/react';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { ScopeOwnershipCard } from './ScopeOwnershipCard';

const system = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'checkout', namespace: 'default' },
  spec: { owner: 'payments' },
};
const brief = {
  ref: 'system:default/checkout',
  title: 'Checkout',
  components: 9,
  byState: { owned: 6, 'at-risk': 2, orphaned: 1, unknown: 0 },
  openFindings: 3,
  level: 'Intermediate',
  worstSlo: {
    entityRef: 'component:default/cart',
    slo: 'latency',
    state: 'breached' as const,
    remaining: -0.25,
  },
  reviewsDue: 2,
};

describe('ScopeOwnershipCard', () => {
  it('shows how a system is owned, and its components, worst first', async () => {
    const listEntities = jest.fn(async () => ({
      items: [
        {
          entityRef: 'component:default/cart',
          title: 'Cart',
          kind: 'component',
          state: 'orphaned' as const,
          ownerRefs: [],
          openFindings: 3,
        },
      ],
      pageInfo: {},
      totalItems: 9,
    }));
    const listBriefs = jest.fn(async () => ({ items: [brief] }));
    await renderOnEntity(<ScopeOwnershipCard />, {
      entity: system,
      api: { listEntities, listBriefs },
    });

    const list = await screen.findByRole('list', { name: 'Worst first' });
    expect(listBriefs).toHaveBeenCalledWith({
      kind: 'system',
      ref: ['system:default/checkout'],
    });
    expect(listEntities).toHaveBeenCalledWith({
      system: 'system:default/checkout',
      limit: 8,
    });
    expect(within(list).getByText('Cart')).toBeInTheDocument();
    for (const [term, value] of [
      ['Components', '9'],
      ['Orphaned', '1'],
      ['At risk', '2'],
      ['Reviews due', '2'],
      ['Least budget left', '−25 %'],
      ['Maturity', 'Intermediate'],
    ]) {
      expect(
        screen.getByText(term, { selector: 'dt' }).nextSibling,
      ).toHaveTextContent(value);
    }
    expect(
      screen.getByRole('link', { name: 'All 9 components' }),
    ).toHaveAttribute(
      'href',
      '/ownership/components?system=system%3Adefault%2Fcheckout',
    );
  });

  it('says how something gets into an empty domain', async () => {
    await renderOnEntity(<ScopeOwnershipCard />, {
      entity: { ...system, kind: 'Domain' },
      api: {
        listEntities: async () => ({ items: [], pageInfo: {}, totalItems: 0 }),
        listBriefs: async () => ({ items: [{ ...brief, components: 0 }] }),
      },
    });

    expect(
      await screen.findByText('Nothing in here is under ownership yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/belongs to the domain of its system/),
    ).toBeInTheDocument();
  });
});
