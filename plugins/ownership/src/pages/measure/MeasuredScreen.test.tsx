import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const page = (items: object[]) => ({
  items: items as never[],
  pageInfo: {},
  totalItems: items.length,
});
const checkout = {
  entityRef: 'component:default/checkout',
  title: 'Checkout',
  ownerRefs: ['group:default/payments'],
};

describe('MeasuredScreen', () => {
  it('lists what is behind a cost, and changes to another figure', async () => {
    const api = mockOwnershipApi({
      listMeasured: async ({ show }) =>
        page(
          show === 'over-budget'
            ? [{ ...checkout, value: 1300, of: 1200, currency: 'EUR' }]
            : [{ ...checkout, value: 2, of: 8 }],
        ),
    });
    await renderPage({
      api,
      path: '/measures?show=over-budget&currency=EUR&team=group:default/payments',
    });
    const table = await screen.findByRole('table');
    expect(api.listMeasured).toHaveBeenCalledWith(
      expect.objectContaining({
        show: 'over-budget',
        currency: 'EUR',
        team: 'group:default/payments',
      }),
    );
    const [, row] = within(table).getAllByRole('row');
    expect(row).toHaveTextContent(/Checkout.*Payments.*€1,300€1,200/);

    await userEvent.click(
      screen.getByRole('button', { name: /What is shown/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Failed changes' }),
    );
    expect(addressQuery().get('show')).toBe('failures');
    expect(addressQuery().get('currency')).toBeNull();
    expect(
      await screen.findByText('The last 30 days, in production'),
    ).toBeInTheDocument();
  });

  it('says what is wrong, and where nothing is', async () => {
    let broken = true;
    const api = mockOwnershipApi({
      listMeasured: async () => {
        if (broken) {
          throw new Error('The database is away');
        }
        return page([]);
      },
    });
    await renderPage({ api, path: '/measures?show=open-incidents' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    broken = false;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByText('No component is behind this figure'),
    ).toBeInTheDocument();
  });
});
