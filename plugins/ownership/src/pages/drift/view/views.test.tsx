import type { DriftView } from '@service-ownership/backstage-plugin-ownership-common';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { driftAnswers } from '../../__testUtils__/driftAnswers';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../../__testUtils__/renderPage';

jest.setTimeout(60_000);

const view = (id: string, changes: Partial<DriftView> = {}): DriftView => ({
  id,
  name: `View ${id}`,
  owner: 'user:default/mara',
  shared: false,
  isDefault: false,
  mayChange: true,
  filter: { severity: ['high', 'critical'] },
  orderBy: 'firstSeenAt,desc',
  groupBy: 'rule',
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-20T08:00:00.000Z',
  ...changes,
});
const hostile = '<img src=x onerror=alert(1)>';

async function openMenu() {
  await userEvent.click(await screen.findByRole('button', { name: /^View: / }));
  return screen.findByRole('menu');
}
const choose = async (name: string | RegExp) =>
  userEvent.click(within(await openMenu()).getByRole('menuitem', { name }));

describe('saved views', () => {
  it('begins with the default view, and with what a link names', async () => {
    const views = [
      view('a', { isDefault: true, filter: { kind: ['api'] } }),
      view('b', { name: hostile, shared: true, mayChange: false }),
    ];
    const api = mockOwnershipApi(
      driftAnswers({
        listDriftViews: async () => ({ items: views, mayShare: false }),
      }),
    );
    await renderPage({ api, path: '/drift' });
    await waitFor(() => expect(addressQuery().get('view')).toBe('a'));
    expect(addressQuery().get('kind')).toBe('api');
    // All findings were never asked for.
    await waitFor(() => expect(api.listFindings).toHaveBeenCalledTimes(1));
    expect(api.listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({
        kind: ['api'],
        orderBy: 'firstSeenAt,desc',
      }),
    );

    await choose('All open findings');
    expect([...addressQuery().keys()]).toEqual([]);
    await choose(hostile);
    expect(addressQuery().getAll('severity')).toEqual(['high', 'critical']);
    expect(addressQuery().get('groupBy')).toBe('rule');
    // Not the reader's to change.
    expect(
      within(await openMenu()).queryByRole('menuitem', {
        name: /Rename|Delete|Share/,
      }),
    ).not.toBeInTheDocument();

    cleanup();
    await renderPage({ api, path: '/drift?view=b' });
    await waitFor(() =>
      expect(addressQuery().getAll('severity')).toEqual(['high', 'critical']),
    );
    cleanup();
    // What the address asks for comes first.
    await renderPage({ api, path: '/drift?view=b&severity=low' });
    expect(
      await screen.findByRole('button', { name: `View: ${hostile}` }),
    ).toHaveTextContent(`${hostile}, changed`);
    expect(addressQuery().getAll('severity')).toEqual(['low']);
  });

  it('keeps what is on the screen under a name', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listDriftViews: async () => ({ items: [], mayShare: true }),
        createDriftView: jest
          .fn()
          .mockRejectedValueOnce(new Error('there is a view "Mine" already'))
          .mockResolvedValueOnce(view('new')),
      }),
    );
    await renderPage({
      api,
      path: '/drift?state=orphaned&maxAgeDays=7&orderBy=ruleId&bogus=1',
    });
    await choose('Save as a view…');
    const dialog = await screen.findByRole('dialog');
    const save = within(dialog).getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/Name/), ' Mine ');
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: 'Share with everybody' }),
    );
    await userEvent.click(save);
    expect(await within(dialog).findByText(/already/)).toBeInTheDocument();
    await userEvent.click(save);
    await waitFor(() => expect(addressQuery().get('view')).toBe('new'));
    expect(api.createDriftView).toHaveBeenLastCalledWith(
      expect.objectContaining({
        name: 'Mine',
        shared: true,
        orderBy: 'ruleId',
        filter: expect.objectContaining({
          state: ['orphaned'],
          maxAgeDays: 7,
        }),
      }),
    );
    expect(api.listDriftViews).toHaveBeenCalledTimes(2);
  });

  it('changes, shares and deletes a view', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listDriftViews: async () => ({ items: [view('a')], mayShare: true }),
        changeDriftView: async () => view('a'),
        deleteDriftView: async () => {},
      }),
    );
    await renderPage({
      api,
      path: '/drift?view=a&severity=critical&severity=high&orderBy=firstSeenAt,desc&groupBy=rule',
    });
    // The same in another order is no change.
    expect(
      await screen.findByRole('button', { name: 'View: View a' }),
    ).toHaveTextContent(/^View a$/);
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove filter: High' }),
    );
    await choose('Save changes to "View a"');
    expect(api.changeDriftView).toHaveBeenLastCalledWith(
      'a',
      expect.objectContaining({
        filter: expect.objectContaining({ severity: ['critical'] }),
      }),
    );
    await choose('Share with everybody');
    expect(api.changeDriftView).toHaveBeenLastCalledWith('a', { shared: true });
    await choose('Begin with this view');
    expect(api.changeDriftView).toHaveBeenLastCalledWith('a', {
      isDefault: true,
    });
    await choose('Delete view');
    const dialog = await screen.findByRole('dialog', {
      name: 'Delete "View a"?',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Delete view' }),
    );
    expect(api.deleteDriftView).toHaveBeenCalledWith('a');
    await waitFor(() => expect(addressQuery().has('view')).toBe(false));
    // The findings stay as they were narrowed.
    expect(addressQuery().getAll('severity')).toEqual(['critical']);
  });
});
