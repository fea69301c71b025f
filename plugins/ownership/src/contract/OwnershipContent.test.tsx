import { screen, within } from '@testing-library/react';
import { aFinding, anOwnership } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { OwnershipContent } from './OwnershipContent';

const api = {
  getEntitiesByRefs: async () => ({
    items: [
      {
        entityRef: 'component:default/ledger',
        kind: 'component',
        state: 'orphaned' as const,
        ownerRefs: ['group:default/platform'],
        openFindings: 1,
        worstSlo: { slo: 'x', state: 'breached' as const },
      },
    ],
  }),
  listFindings: async () => ({
    items: [
      aFinding(),
      aFinding({
        id: '2',
        message: 'No runbook covers deployment.',
        firstSeenAt: '2026-09-01T00:00:00Z',
        state: 'closed',
        closedAt: '2026-11-02T00:00:00Z',
        closedReason: 'superseded',
      }),
    ],
    pageInfo: {},
    totalItems: 2,
  }),
};

function cells(name: string): Array<Array<string | null>> {
  const table = screen.getByRole('table', { name });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row =>
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    );
}

describe('OwnershipContent', () => {
  it('is a document: chapters, tables, and where each part was found', async () => {
    await renderOnEntity(<OwnershipContent />, { api });
    await screen.findByRole('heading', { name: 'Checkout' });
    await screen.findByText('Orphaned');
    expect(
      screen.getAllByRole('heading', { level: 3 }).map(h => h.textContent),
    ).toEqual([
      'Who answers',
      'When it breaks',
      'What is promised',
      'How it is run',
      'Data',
      'Interfaces',
      'Dependencies',
      'Cost and access',
      'How it does',
      'History',
    ]);
    expect(cells('Data this component holds')).toEqual([
      [
        'ordersSource of truth',
        'Confidential',
        '7 years',
        'Analytics',
        'Payments',
        'Payments',
      ],
    ]);
    expect(
      cells('Interfaces and what is promised about them')[0].slice(0, 4),
    ).toEqual([
      'Checkout API',
      'Old clients keep working',
      'Semantic versions',
      '90 days',
    ]);
    expect(cells('What this component depends on')).toEqual([
      [
        'Ledger',
        'This fails tooFallback: Orders are queued for an hour.',
        'Platform',
        'Orphaned',
        'Breached',
      ],
      [
        'Mailer',
        'This goes on',
        'not in the catalog, or you may not see it',
        '–',
        '–',
      ],
    ]);
    expect(screen.getByText('€1,200')).toBeInTheDocument();
    expect(
      screen.getByText('from the catalog · relations.ownedBy'),
    ).toBeVisible();
    expect(
      screen.getAllByRole('link', { name: /^ownership\.yaml/ })[0],
    ).toHaveAttribute(
      'href',
      'https://git.example.org/payments/checkout/blob/main/ownership.yaml',
    );
    expect(screen.getByText('every 90 days')).toBeInTheDocument();
  });

  it('names the entity a contract stands in, where that is another', async () => {
    await renderOnEntity(<OwnershipContent />, {
      api,
      ownership: {
        contract: {
          mission: 'Sells tickets.',
          tier: 'tier-2',
          provenance: {
            mission: {
              source: 'contract',
              location: 'spec.mission',
              entityRef: 'ownershipcontract:default/tickets',
            },
            tier: {
              source: 'contract',
              location: 'spec.ownershipContract.tier',
              entityRef: 'component:default/checkout',
            },
          },
        },
      },
    });
    expect(
      await screen.findByRole('link', { name: 'tickets' }),
    ).toHaveAttribute('href', '/catalog/default/ownershipcontract/tickets');
    expect(
      screen.getByTitle(
        'component:default/checkout · spec.ownershipContract.tier',
      ),
    ).toHaveTextContent(/^from the contract$/);
  });

  it('has the history, the latest first', async () => {
    await renderOnEntity(<OwnershipContent />, { api });
    const history = await screen.findByRole('region', { name: 'History' });
    await within(history).findByText('its cause is a finding of its own');
    expect(
      within(history)
        .getAllByRole('listitem')
        .map(item => item.querySelector('span')?.textContent),
    ).toEqual(['Found', 'Resolved', 'Contract confirmed', 'Found']);
  });

  it('lists every problem of a broken contract with its place', async () => {
    await renderOnEntity(<OwnershipContent />, {
      api,
      ownership: {
        contractStatus: 'invalid',
        contractProblems: [
          { message: 'Expected a tier.', path: 'tier', line: 3, column: 7 },
          { message: 'Expected <b>a list</b>.', path: '' },
        ],
      },
    });
    expect(
      await screen.findByText('The contract has 2 problems'),
    ).toBeInTheDocument();
    expect(screen.getByText('line 3, column 7')).toBeInTheDocument();
    expect(screen.getByText(/Expected <b>a list<\/b>\./)).toHaveTextContent(
      'whole document',
    );
  });

  it('shows what is known and a contract to copy where there is none', async () => {
    await renderOnEntity(<OwnershipContent />, {
      api,
      ownership: {
        contractStatus: 'missing',
        contract: {
          lifecycle: 'production',
          provenance: anOwnership().contract.provenance,
        },
        captain: undefined,
        onCall: undefined,
        slos: [],
        runbooks: [],
        starterContract: 'tier: tier-3\n',
      },
    });
    expect(
      await screen.findByRole('heading', { name: 'Write the contract' }),
    ).toBeInTheDocument();
    expect(screen.getByText('tier: tier-3')).toBeInTheDocument();
    expect(screen.getByText('production')).toBeInTheDocument();
    expect(
      screen.getByText(
        'No on-call rotation and no escalation are written down.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('heading', { name: 'Data' })).toBeNull();
  });

  it('shows the document where only history or dependencies cannot be had', async () => {
    await renderOnEntity(<OwnershipContent />, {
      api: {
        listFindings: async () => Promise.reject(new Error('History is away')),
        getEntitiesByRefs: async () =>
          Promise.reject(new Error('Refs are away')),
      },
    });
    expect(await screen.findByText('History is away')).toBeInTheDocument();
    expect(await screen.findAllByText('Refs are away')).toHaveLength(2);
    expect(screen.getByText('Takes a cart to a paid order.')).toBeVisible();
  });

  it('says why the contract cannot be shown', async () => {
    await renderOnEntity(<OwnershipContent />, {
      api: {
        getEntity: async () =>
          Promise.reject(new Error('The database is away')),
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
  });

  it('hands out badges where the portal gives any', async () => {
    await renderOnEntity(<OwnershipContent />, {
      api: {
        ...api,
        listBadges: async () => ({
          items: [
            {
              metric: 'state',
              url: 'https://portal.example.org/api/ownership/badges/k/state/x',
              markdown: '[![state](https://portal.example.org/k)](https://p)',
            },
          ],
        }),
      },
    });

    const badges = await screen.findByRole('region', { name: 'Badges' });
    expect(
      within(badges).getByRole('img', { name: 'Ownership state' }),
    ).toHaveAttribute(
      'src',
      'https://portal.example.org/api/ownership/badges/k/state/x',
    );
    expect(badges).toHaveTextContent(
      '[![state](https://portal.example.org/k)](https://p)',
    );
  });
});
