import type { SloDiscovery } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { claimPatch } from './claimPatch';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const main: SloDiscovery['items'][number] = {
  discoveredBy: 'prometheus/main',
  lookedAt: '2026-11-21T08:00:00.000Z',
  assigned: 12,
  unassigned: [
    {
      slo: 'shadowed',
      reason: 'component:default/ledger has an SLO called shadowed already',
      entityRef: 'component:default/ledger',
    },
    {
      slo: 'requests',
      reason: 'no component is called nobody',
      place: 'Sloth, discovered at Prometheus server main',
      objective: 0.995,
      component: 'nobody',
      selector: 'sloth_id=nobody-requests',
    },
    { slo: 'requests', reason: 'none of its labels names a component' },
    { reason: 'Pyrra SLO odd: its objective must be above 0 and below 1' },
  ],
};

function discovery(...items: SloDiscovery['items']) {
  return mockOwnershipApi({ getSloDiscovery: async () => ({ items }) });
}

const noSlos = async () => ({
  items: [],
  pageInfo: {},
  totalItems: 0,
  summary: { total: 0, byState: {} },
});

describe('DiscoveryScreen', () => {
  it('says why nothing has an SLO, and what to write so that a component has it', async () => {
    await renderPage({ api: discovery(main), path: '/slos/discovery' });

    const table = await screen.findByRole('table', { name: /no component/ });
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(
      /requests99.5\s%\s·\sSloth, discovered at Prometheus server main/,
    );
    expect(first).toHaveTextContent('no component is called nobody');
    // Where the API knows nothing to write, nothing is offered.
    expect(second).toHaveTextContent('prometheus/main');
    expect(within(second).queryByRole('button')).not.toBeInTheDocument();
    // What has a component already comes last.
    expect(third).toHaveTextContent('shadowed');
    expect(within(third).getByRole('link', { name: 'ledger' })).toBeVisible();
    expect(
      screen.getByRole('list', { name: 'Where was looked' }),
    ).toHaveTextContent(/prometheus\/main.*12 taken over · 4 not taken over/);
    expect(
      screen.getByRole('region', { name: 'Found, and no SLO' }),
    ).toHaveTextContent('Pyrra SLO odd');

    await userEvent.click(
      screen.getByRole('button', { name: 'Claim requests' }),
    );
    expect(
      screen.getByLabelText(/catalog-info.yaml/, { selector: 'pre' }),
    ).toHaveTextContent(
      'metadata: annotations: service-ownership.io/slo-selector: "sloth_id=nobody-requests"',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Hide how to claim requests' }),
    );
    expect(screen.queryByLabelText(/catalog-info/)).not.toBeInTheDocument();
  });

  it('says that all is in use, that a server failed, or that there is none', async () => {
    const all = { ...main, unassigned: [] };
    await renderPage({
      api: discovery(all, {
        discoveredBy: 'prometheus/eu',
        lookedAt: '2026-11-20T08:00:00.000Z',
        unassigned: [],
        error: 'Prometheus server eu: it is down',
      }),
      path: '/slos/discovery',
    });
    expect(
      await screen.findByText('Nothing found that is not in use already'),
    ).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(
      /prometheus\/eu failed.*it is down\. What was found before stays\./,
    );
  });

  it('says what to configure where there is no server', async () => {
    await renderPage({ api: discovery(), path: '/slos/discovery' });
    expect(await screen.findByText('Nowhere to look yet')).toBeVisible();
    expect(
      screen.getByLabelText('app-config.yaml', { selector: 'pre' }),
    ).toHaveTextContent('url: https://prometheus.example.org');
  });

  it('asks again after an error', async () => {
    let fails = true;
    const api = mockOwnershipApi({
      getSloDiscovery: async () => {
        if (fails) {
          throw new Error('The backend is starting');
        }
        return { items: [main] };
      },
    });
    await renderPage({ api, path: '/slos/discovery' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The backend is starting',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: /again/ }));
    expect(await screen.findByText('shadowed')).toBeVisible();
  });
});

describe('the way there from the list of SLOs', () => {
  it('counts what a component could have', async () => {
    await renderPage({
      api: mockOwnershipApi({
        listSlos: noSlos,
        getSloDiscovery: async () => ({ items: [main] }),
      }),
      path: '/slos',
    });
    expect(
      await screen.findByRole('link', {
        name: '2 found in Prometheus, not claimed yet',
      }),
    ).toHaveAttribute('href', '/ownership/slos/discovery');
  });

  it('is not there for those who may not see it', async () => {
    const api = mockOwnershipApi({
      listSlos: noSlos,
      getSloDiscovery: async () => {
        throw Object.assign(new Error('No'), { name: 'NotAllowedError' });
      },
    });
    await renderPage({ api, path: '/slos' });
    await screen.findByText('No SLO is defined yet');
    expect(api.getSloDiscovery).toHaveBeenCalled();
    expect(
      screen.queryByRole('link', { name: /Prometheus/ }),
    ).not.toBeInTheDocument();
  });
});

describe('claimPatch', () => {
  it('stays one YAML value, whatever the labels are', () => {
    expect(claimPatch('slo=a"\n  evil: true')).toBe(`metadata:
  annotations:
    service-ownership.io/slo-selector: "slo=a\\"\\n  evil: true"
`);
  });
});
