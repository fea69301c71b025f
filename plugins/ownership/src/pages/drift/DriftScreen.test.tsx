import type {
  BulkRequest,
  FindingMay,
} from '@service-ownership/backstage-plugin-ownership-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  completedScan,
  driftAnswers,
  finding,
  findingDetail,
} from '../__testUtils__/driftAnswers';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../__testUtils__/renderPage';

async function findTable() {
  return screen.findByRole('table', { name: /Findings of the drift scan/ });
}

const mayNothing: FindingMay = {
  acknowledge: false,
  waive: false,
  withdrawWaiver: false,
  decideWaiver: false,
  comment: false,
  assign: false,
  needsApproval: false,
  refusals: {
    acknowledge: 'permission',
    waive: 'permission',
    withdrawWaiver: 'permission',
    assign: 'permission',
  },
};

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

describe('DriftScreen', () => {
  it('asks for what the address says, and puts what is chosen into the address', async () => {
    const api = mockOwnershipApi(driftAnswers());
    await renderPage({
      api,
      path: '/drift?team=group:default/payments&severity=critical&severity=bogus&minAgeDays=30&text=ledger&orderBy=entityRef,desc&groupBy=ownerRef',
    });

    await findTable();
    expect(api.listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({
        team: 'group:default/payments',
        severity: ['critical'],
        minAgeDays: 30,
        text: 'ledger',
        orderBy: 'entityRef,desc',
        cursor: undefined,
      }),
    );
    expect(
      screen.getByRole('columnheader', { name: 'Component' }),
    ).toHaveAttribute('aria-sort', 'descending');

    const group = await screen.findByRole('button', {
      name: /group:default\/falcon does not exist/,
    });
    expect(group).toHaveTextContent('7 components');
    expect(
      screen.getByText('2 components are not counted: you may not see them.'),
    ).toBeInTheDocument();
    await userEvent.click(group);
    expect(addressQuery().get('ownerRef')).toBe('group:default/falcon');
    await waitFor(() =>
      expect(api.listFindings).toHaveBeenLastCalledWith(
        expect.objectContaining({ ownerRef: 'group:default/falcon' }),
      ),
    );
    // The groups stay, so that one can go on to the next.
    expect(api.getDriftSummary).toHaveBeenLastCalledWith(
      expect.objectContaining({ ownerRef: undefined, groupBy: 'ownerRef' }),
    );

    await userEvent.click(
      screen.getByRole('button', { name: 'Remove filter: "ledger"' }),
    );
    expect(addressQuery().has('text')).toBe(false);
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect([...addressQuery().keys()].sort()).toEqual(['groupBy', 'orderBy']);

    await userEvent.click(screen.getByRole('button', { name: 'Severity' }));
    expect(addressQuery().get('orderBy')).toBe('severity');
  });

  it('turns the pages of the server, and goes back to the first with a new order', async () => {
    const api = mockOwnershipApi(driftAnswers());
    await renderPage({ api, path: '/drift' });

    await findTable();
    expect(screen.getByText('1–3 of 60')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));

    expect(await screen.findByText('26–27 of 60')).toBeInTheDocument();
    expect(addressQuery().get('cursor')).toBe('second');
    expect(api.listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({ cursor: 'second', limit: 25 }),
    );

    await userEvent.click(screen.getByRole('button', { name: 'Open since' }));
    expect(addressQuery().has('cursor')).toBe(false);
    expect(addressQuery().get('orderBy')).toBe('firstSeenAt');
  });

  it('waives what was selected with the keyboard, and says what failed', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        changeFindings: async () => ({
          items: [
            { id: 'a', outcome: 'requested', state: 'open' },
            {
              id: 'b',
              outcome: 'failed',
              error: 'Only its owners may waive it',
            },
          ],
          done: 0,
          requested: 1,
          failed: 1,
        }),
      }),
    );
    await renderPage({ api, path: '/drift' });

    const table = await findTable();
    const rows = within(table).getAllByRole('row').slice(1);
    act(() => rows[0].focus());
    await userEvent.keyboard('x{ArrowDown}x');
    expect(rows[1]).toHaveFocus();
    const bar = screen.getByRole('group', {
      name: 'Actions on the selected findings',
    });
    expect(within(bar).getByText('2 selected')).toBeInTheDocument();

    await userEvent.click(within(bar).getByRole('button', { name: 'Waive…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Waive 2 findings',
    });
    const confirm = within(dialog).getByRole('button', { name: 'Waive' });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Moves to Payments in January',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: '90 days' }),
    );
    await userEvent.click(confirm);

    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.changeFindings).toHaveBeenCalledTimes(1);
    const { expiresAt, ...change } = api.changeFindings.mock
      .calls[0][0] as BulkRequest & { action: 'waive' };
    expect(change).toEqual({
      ids: ['a', 'b'],
      action: 'waive',
      reason: 'Moves to Payments in January',
    });
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(89);
    expect(days).toBeLessThan(91.1);
    expect(screen.getByText(/1 waiver waits for approval/)).toHaveTextContent(
      '1 could not be updated: Only its owners may waive it',
    );
    // What failed stays selected.
    expect(screen.getByText('1 selected')).toBeInTheDocument();
    expect(api.listFindings).toHaveBeenCalledTimes(2);
  });

  it('opens one finding beside the list and gives the focus back', async () => {
    const api = mockOwnershipApi(
      driftAnswers({ acknowledgeFinding: async id => finding(id) }),
    );
    await renderPage({ api, path: '/drift' });

    const table = await findTable();
    const row = within(table).getAllByRole('row')[2];
    act(() => row.focus());
    await userEvent.keyboard('{Enter}');

    const drawer = await screen.findByRole('complementary', {
      name: 'Finding',
    });
    expect(addressQuery().get('finding')).toBe('b');
    expect(
      await within(drawer).findByRole('heading', {
        name: 'The owner of service b does not exist',
      }),
    ).toHaveFocus();
    expect(within(drawer).getByText(/owner: group:default/)).toBeVisible();
    expect(within(drawer).getByText('Asked around')).toBeInTheDocument();
    // What others wrote is text, whatever it looks like.
    expect(
      within(drawer).getByText('=HYPERLINK("x") <b>falcon</b>'),
    ).toBeInTheDocument();
    expect(
      within(drawer).queryByRole('link', { name: 'catalog' }),
    ).not.toBeInTheDocument();

    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Acknowledge' }),
    );
    expect(api.acknowledgeFinding).toHaveBeenCalledWith('b');

    act(() => within(drawer).getByRole('heading', { level: 2 }).focus());
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
    expect(addressQuery().has('finding')).toBe(false);
    expect(row).toHaveFocus();
  });

  it('offers to withdraw a waiver', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        getFinding: async id =>
          findingDetail(id, {
            state: 'waived',
            waiver: {
              reason: 'Moves in January',
              requestedBy: 'user:default/mara',
              expiresAt: '2027-01-31T00:00:00.000Z',
            },
          }),
        withdrawWaiver: async () => {
          throw new Error('You may not');
        },
      }),
    );
    await renderPage({ api, path: '/drift?finding=a' });

    expect(await screen.findByText('Moves in January')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Withdraw waiver' }),
    );
    expect(api.withdrawWaiver).toHaveBeenCalledWith('a');
    expect(await screen.findByText('You may not')).toBeInTheDocument();
  });

  it('lets an approver decide on a waiver, and says what only others may', async () => {
    const answers = [
      findingDetail('a', {
        waiverRequest: {
          reason: 'Moves in January',
          requestedBy: 'user:default/mara',
          requestedAt: '2026-11-20T08:00:00.000Z',
          expiresAt: '2027-01-31T00:00:00.000Z',
        },
        may: {
          ...mayNothing,
          comment: true,
          decideWaiver: true,
          needsApproval: true,
        },
      }),
      findingDetail('a', {
        may: {
          ...mayNothing,
          comment: true,
          refusals: { ...mayNothing.refusals, withdrawWaiver: 'state' },
        },
      }),
    ];
    const api = mockOwnershipApi(
      driftAnswers({
        getFinding: async () =>
          answers.length > 1 ? answers.shift()! : answers[0],
        rejectWaiver: jest
          .fn()
          .mockRejectedValueOnce(new Error('Somebody was faster'))
          .mockResolvedValueOnce(finding('a')),
      }),
    );
    await renderPage({ api, path: '/drift?finding=a' });

    expect(
      await screen.findByText(/^Waiver requested until/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Withdraw request' }),
    ).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Reject…' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Reject the waiver',
    });
    const confirm = within(dialog).getByRole('button', { name: 'Reject' });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Comment/ }),
      'Not this one',
    );
    await userEvent.click(confirm);
    expect(
      await within(dialog).findByText('Somebody was faster'),
    ).toBeInTheDocument();
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.rejectWaiver).toHaveBeenLastCalledWith('a', {
      comment: 'Not this one',
    });
    // Nothing to decide or to withdraw now; what is left is others'.
    const drawer = screen.getByRole('complementary', { name: 'Finding' });
    const acknowledge = within(drawer).getByRole('button', {
      name: 'Acknowledge',
    });
    expect(acknowledge).toBeDisabled();
    expect(acknowledge).toHaveAccessibleDescription(/its owners may/);
    expect(
      within(drawer).queryByRole('button', { name: /Reject|Withdraw/ }),
    ).not.toBeInTheDocument();
  });

  it('keeps what people say as text, and hands a finding over', async () => {
    const comment = {
      id: '17',
      at: '2026-11-20T09:00:00.000Z',
      type: 'commented',
      by: 'user:default/guest',
      detail: '<b>Who</b>\nknows?',
    };
    const api = mockOwnershipApi(
      driftAnswers({
        getFinding: async () => findingDetail('a', { events: [comment] }),
        commentFinding: async () => findingDetail('a'),
        deleteComment: async () => findingDetail('a'),
        assignFinding: async () => finding('a'),
      }),
    );
    await renderPage({ api, path: '/drift?finding=a' });

    expect(await screen.findByText(/<b>Who<\/b>/)).toBeInTheDocument();
    const send = screen.getByRole('button', { name: 'Comment' });
    expect(send).toBeDisabled();
    const text = screen.getByRole('textbox', { name: 'Comment' });
    await userEvent.type(text, ' Payments does ');
    await userEvent.click(send);
    expect(api.commentFinding).toHaveBeenCalledWith('a', {
      text: 'Payments does',
    });
    await waitFor(() => expect(text).toHaveValue(''));
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete comment' }),
    );
    expect(api.deleteComment).toHaveBeenCalledWith('a', '17');

    const drawer = screen.getByRole('complementary', { name: 'Finding' });
    await userEvent.click(
      within(drawer).getByRole('button', { name: 'Hand over…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText(/^To/),
      'user:default/ann',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Hand over' }),
    );
    expect(api.assignFinding).toHaveBeenCalledWith('a', {
      assignee: 'user:default/ann',
    });
  });

  it('announces a suspended scan with its reason', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listScans: async () => ({
          items: [
            {
              ...completedScan,
              state: 'suspended',
              reason: '9 of 41 owners vanished.',
            },
          ],
          pageInfo: {},
          totalItems: 1,
        }),
      }),
    );
    await renderPage({ api, path: '/drift' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The last scan was suspended');
    expect(alert).toHaveTextContent('9 of 41 owners vanished.');
  });

  it('says what went wrong and tries again; says that nothing matches', async () => {
    let broken = true;
    const api = mockOwnershipApi(
      driftAnswers({
        listFindings: async () => {
          if (broken) {
            throw new Error('The database is away');
          }
          return { items: [], pageInfo: {}, totalItems: 0 };
        },
      }),
    );
    await renderPage({ api, path: '/drift?text=nothing' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');

    broken = false;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByText('No finding matches these filters'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    expect(await screen.findByText('No open findings')).toBeInTheDocument();
  });

  it('downloads the report with the filters as they are', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        downloadReport: async () => ({
          filename: 'drift.csv',
          blob: new Blob(['x']),
        }),
      }),
    );
    URL.createObjectURL = jest.fn(() => 'blob:report');
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    await renderPage({ api, path: '/drift?severity=high' });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Download' }),
    );
    await userEvent.click(await screen.findByRole('menuitem', { name: /CSV/ }));
    await waitFor(() => expect(click).toHaveBeenCalledTimes(1));
    expect(api.downloadReport).toHaveBeenCalledWith(
      expect.objectContaining({ format: 'csv', severity: ['high'] }),
    );
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:report');
    click.mockRestore();
  });
});
