import { alertApiRef } from '@backstage/core-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { TableDownload } from './TableDownload';

describe('TableDownload', () => {
  afterEach(() => jest.restoreAllMocks());

  it('hands over the whole list with its filter, and says why it could not', async () => {
    URL.createObjectURL = jest.fn(() => 'blob:table');
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    const api = mockOwnershipApi({
      downloadTable: async ({ format }) => {
        if (format === 'json') {
          throw new Error('The database is away');
        }
        return { filename: 'ownership-slos.csv', blob: new Blob(['a,b']) };
      },
    });
    const alerts = { post: jest.fn(), alert$: jest.fn() };
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [ownershipApiRef, api],
          [alertApiRef, alerts],
        ]}
      >
        <TableDownload
          table="SLOs"
          path="/slos"
          query={{ team: 'group:default/shop' }}
        />
      </TestApiProvider>,
    );
    const button = screen.getByRole('button', { name: 'Download: SLOs' });

    await userEvent.click(button);
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'CSV, for a spreadsheet' }),
    );
    expect(api.downloadTable).toHaveBeenCalledWith({
      path: '/slos',
      query: { team: 'group:default/shop' },
      format: 'csv',
    });
    await waitFor(() => expect(click).toHaveBeenCalledTimes(1));

    await userEvent.click(button);
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'JSON' }),
    );
    await waitFor(() =>
      expect(alerts.post).toHaveBeenCalledWith({
        severity: 'error',
        message: 'That could not be downloaded: The database is away',
      }),
    );
  });
});
