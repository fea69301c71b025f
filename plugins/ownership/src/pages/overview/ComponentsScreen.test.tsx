import type { EntitySummary } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { renderPage } from '../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

function component(name: string): EntitySummary {
  return {
    entityRef: `component:default/${name}`,
    title: name,
    kind: 'Component',
    state: 'owned',
    ownerRefs: ['group:default/payments'],
    openFindings: 0,
  };
}

describe('ComponentsScreen', () => {
  it('confirms several contracts at once, and keeps what could not be', async () => {
    const api = mockOwnershipApi({
      listEntities: async () => ({
        items: ['cart', 'till', 'ledger'].map(component),
        pageInfo: {},
        totalItems: 3,
      }),
      attestAll: async () => ({
        items: [
          { entityRef: 'component:default/cart', outcome: 'done' },
          {
            entityRef: 'component:default/till',
            outcome: 'failed',
            error: 'It has no valid contract',
          },
        ],
        done: 1,
        failed: 1,
      }),
    });
    await renderPage({ api, path: '/components?reviewDays=30' });

    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Select: cart' }),
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select: till' }),
    );
    const bar = screen.getByRole('group', {
      name: 'Confirm the selected contracts',
    });
    expect(within(bar).getByText('2 selected')).toBeInTheDocument();
    await userEvent.click(
      within(bar).getByRole('button', { name: 'Still right' }),
    );
    expect(api.attestAll).toHaveBeenCalledWith({
      entityRefs: ['component:default/cart', 'component:default/till'],
    });
    expect(await within(bar).findByRole('status')).toHaveTextContent(
      '1 contract confirmed. 1 could not be confirmed: It has no valid contract',
    );
    expect(within(bar).getByText('1 selected')).toBeInTheDocument();
    await waitFor(() => expect(api.listEntities).toHaveBeenCalledTimes(2));
  });

  it('offers to select only where there is something to confirm', async () => {
    const api = mockOwnershipApi({
      listEntities: async () => ({
        items: [component('cart')],
        pageInfo: {},
        totalItems: 1,
      }),
    });
    await renderPage({ api, path: '/components' });
    expect(await screen.findByText('cart')).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });
});
