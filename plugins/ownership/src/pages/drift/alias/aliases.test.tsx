import type { DirectoryAlias } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { driftAnswers } from '../../__testUtils__/driftAnswers';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { renderPage } from '../../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const alias = (
  from: string,
  changes: Partial<DirectoryAlias>,
): DirectoryAlias => ({
  from,
  to: 'group:default/kestrel',
  status: 'in-force',
  source: 'portal',
  components: 0,
  ...changes,
});

const ALIASES = [
  alias('group:default/heron', {
    source: 'configuration',
    status: 'dangling',
  }),
  alias('group:default/osprey', { components: 4, comment: 'Merged in May' }),
];

describe('aliases on the drift page', () => {
  it('shows what stands for what, and removes what was made here', async () => {
    const deleteAlias = jest.fn(async () => {});
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({ items: ALIASES }),
      deleteAlias,
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });

    expect(
      await screen.findByText('2 references stand for others'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Without effect: the new one is not in the catalog'),
    ).toBeInTheDocument();
    expect(screen.getByText('Set in app-config')).toBeInTheDocument();
    expect(screen.getByText('In force · Merged in May')).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: '4 components still say the old one',
      }),
    ).toHaveAttribute('href', '/ownership/drift?rule=owner-renamed');
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove the alias of group:default/osprey',
      }),
    );
    expect(deleteAlias).toHaveBeenCalledWith('group:default/osprey');
    // The scan that the change started is followed.
    await waitFor(() => expect(api.startScan).toHaveBeenCalled());
  });

  it('points a broken reference to a team, and keeps the dialog where that fails', async () => {
    const putAlias = jest
      .fn()
      .mockRejectedValueOnce(new Error('It is set in app-config'))
      .mockResolvedValueOnce(alias('group:default/falcon', {}));
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({ items: [] }),
      putAlias,
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });

    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Point to another team… (group:default/falcon)',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'What is group:default/falcon called now?',
    });
    const confirm = within(dialog).getByRole('button', { name: /^Heal/ });
    expect(confirm).toBeDisabled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: /Team that answers now/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Payments' }),
    );
    await userEvent.click(confirm);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It is set in app-config',
    );
    await userEvent.click(confirm);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(putAlias).toHaveBeenLastCalledWith({
      from: 'group:default/falcon',
      to: 'group:default/payments',
      comment: undefined,
    });
    expect(api.startScan).toHaveBeenCalled();
  });
});
