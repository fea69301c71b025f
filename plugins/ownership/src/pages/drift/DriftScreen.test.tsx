import type {
  BulkRequest,
  FindingMay,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  act,
  cleanup,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
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
jest.setTimeout(60_000);

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

  it('loads what is scrolled to, a hundred at a time, and forgets what is far', async () => {
    const all = Array.from({ length: 1_250 }, (_, index) =>
      finding(`f${index}`),
    );
    const api = mockOwnershipApi(
      driftAnswers({
        listFindings: async query => {
          const from = Number(query?.cursor ?? 0);
          return {
            items: all.slice(from, from + 100),
            pageInfo:
              from + 100 < all.length ? { nextCursor: `${from + 100}` } : {},
            totalItems: all.length,
          };
        },
      }),
    );
    await renderPage({ api, path: '/drift' });

    const table = await findTable();
    expect(table).toHaveAttribute('aria-rowcount', '1251');
    const inPage = () => within(table).getAllByRole('row').length;
    expect(inPage()).toBeLessThan(40);
    expect(screen.getByText(/^1–\d+ of 1,250$/)).toBeInTheDocument();
    expect(api.listFindings).toHaveBeenCalledTimes(1);
    expect(api.listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({ limit: 100, cursor: undefined }),
    );

    // jsdom lays nothing out: the frame is scrolled by hand.
    const frame = table.parentElement!;
    const scrollTo = async (row: number) => {
      frame.scrollTop = row * 57;
      fireEvent.scroll(frame);
      await within(table).findByText(
        `The owner of service f${row} does not exist`,
      );
    };
    for (let row = 95; row < 1_240; row += 95) {
      await scrollTo(row);
    }
    expect(inPage()).toBeLessThan(60);
    expect(api.listFindings).toHaveBeenCalledTimes(13);
    const row = within(table)
      .getByText('The owner of service f1235 does not exist')
      .closest('tr')!;
    expect(row).toHaveAttribute('aria-rowindex', '1237');
    // The first hundred were forgotten, and are asked for again.
    await scrollTo(0);
    expect(api.listFindings).toHaveBeenCalledTimes(14);

    await userEvent.click(screen.getByRole('button', { name: 'Open since' }));
    expect(addressQuery().get('orderBy')).toBe('firstSeenAt');
    await waitFor(() =>
      expect(api.listFindings).toHaveBeenLastCalledWith(
        expect.objectContaining({ cursor: undefined, orderBy: 'firstSeenAt' }),
      ),
    );
  });

  it('walks by the keys it names, and acts on all that match', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listFindings: async () => ({
          items: Array.from({ length: 100 }, (_, index) =>
            finding(`f${index}`),
          ),
          pageInfo: { nextCursor: 'more' },
          totalItems: 412,
        }),
        changeFindings: async () => ({
          items: [],
          done: 412,
          requested: 0,
          failed: 0,
        }),
      }),
    );
    await renderPage({ api, path: '/drift?rule=owner-unresolvable' });

    const table = await findTable();
    expect(screen.getByText(/j k move/)).toBeInTheDocument();
    const rows = within(table).getAllByRole('row').slice(1);
    act(() => rows[0].focus());
    // Brought into sight in the page, not in the table only.
    const seen = jest.fn();
    rows[1].scrollIntoView = seen;
    await userEvent.keyboard('jj k[Space]');
    expect(rows[1]).toHaveFocus();
    expect(seen).toHaveBeenCalledWith({ block: 'nearest' });
    expect(screen.getAllByRole('checkbox', { checked: true })).toHaveLength(2);
    await userEvent.keyboard('{Enter}');
    expect(addressQuery().get('finding')).toBe('f1');
    act(() => rows[1].focus());
    await userEvent.keyboard('{Escape}');
    expect(addressQuery().has('finding')).toBe(false);

    const bar = screen.getByRole('group', {
      name: 'Actions on the selected findings',
    });
    await userEvent.click(
      within(bar).getByRole('button', { name: 'Select all 412 that match' }),
    );
    expect(
      within(bar).getByText('All 412 that match are selected'),
    ).toBeInTheDocument();
    await userEvent.click(
      within(bar).getByRole('button', { name: 'Acknowledge' }),
    );
    expect(api.changeFindings).toHaveBeenCalledWith({
      filter: expect.objectContaining({ rule: ['owner-unresolvable'] }),
      expected: 412,
      action: 'acknowledge',
    });
    expect(await screen.findByText(/412 findings updated/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(screen.queryByText(/412 findings updated/)).toBeNull();
  });

  it('does not offer to change more than one call may', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listFindings: async () => ({
          items: Array.from({ length: 100 }, (_, index) =>
            finding(`f${index}`),
          ),
          pageInfo: { nextCursor: 'more' },
          totalItems: 50_000,
        }),
      }),
    );
    await renderPage({ api, path: '/drift' });
    await findTable();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all findings that match' }),
    );
    expect(
      screen.getByText(/At most 500 can be changed at once/),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Waive…' })).toBeDisabled();
  });

  it('names what left the catalog, who owned it and what removed it', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listTombstones: async () => ({
          items: [
            {
              entityRef: 'component:default/gone',
              ownerRefs: ['group:default/falcon'],
              state: 'owned',
              openFindings: 1,
              removedAt: '2026-11-20T08:00:00.000Z',
              removedBy: 'Nothing emitted it any more',
            },
          ],
          pageInfo: {},
          totalItems: 1,
        }),
      }),
    );
    await renderPage({ api, path: '/drift?minAgeDays=1' });
    expect(
      await screen.findByText('Nothing emitted it any more'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('button', {
        name: 'Remove filter: Older than a day',
      }),
    ).toBeInTheDocument();
  });

  it('shows what was closed since a day, and why', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listFindings: async () => ({
          items: [
            finding('a', {
              state: 'closed',
              closedAt: '2026-11-19T08:00:00.000Z',
              closedReason: 'entity-removed',
            }),
          ],
          pageInfo: {},
          totalItems: 1,
        }),
      }),
    );
    await renderPage({ api, path: '/drift?closedSince=2026-11-01' });
    const table = await findTable();
    expect(
      within(table).getByRole('columnheader', { name: 'Closed' }),
    ).toBeInTheDocument();
    expect(
      within(table).getByText(/Closed: the component left the catalog/),
    ).toBeInTheDocument();

    const date = screen.getByLabelText('Opened since');
    fireEvent.change(date, { target: { value: '2026-11-10' } });
    expect(new Date(addressQuery().get('openedSince')!).getTime()).toBe(
      new Date(2026, 10, 10).getTime(),
    );
    fireEvent.change(date, { target: { value: '' } });
    expect(addressQuery().has('openedSince')).toBe(false);
  });

  it('groups teams as a tree and ages as they are filtered', async () => {
    const group = (key: string, parent?: string) => ({
      key,
      parent,
      title: key.split('/')[1],
      resolves: true,
      findings: 9,
      components: 7,
      bySeverity: { critical: 9, high: 0, medium: 0, low: 0 },
    });
    const api = mockOwnershipApi(
      driftAnswers({
        getDriftSummary: async ({ groupBy }) => ({
          groupBy,
          items:
            groupBy === 'age'
              ? [group('week'), group('older')]
              : [
                  group('group:default/checkout', 'group:default/shop'),
                  group('group:default/shop'),
                ],
          totals: {
            findings: 9,
            components: 7,
            byState: { owned: 30, 'at-risk': 3, orphaned: 7, unknown: 0 },
          },
          hidden: 0,
        }),
      }),
    );
    await renderPage({ api, path: '/drift?groupBy=team' });
    await userEvent.click(
      await screen.findByRole('button', { name: /^checkout/ }),
    );
    expect(addressQuery().get('team')).toBe('group:default/checkout');
    await userEvent.click(screen.getByRole('button', { name: /shop$/ }));
    expect(
      screen.queryByRole('button', { name: /^checkout/ }),
    ).not.toBeInTheDocument();

    // Of a great tree two levels, so that one branch does not hide the others.
    cleanup();
    const chain = Array.from({ length: 9 }, (_, level) =>
      group(`group:default/level-${level}`, `group:default/level-${level - 1}`),
    );
    await renderPage({
      api: mockOwnershipApi(
        driftAnswers({
          getDriftSummary: async () => ({
            groupBy: 'team',
            items: chain,
            totals: {
              findings: 9,
              components: 7,
              byState: { owned: 30, 'at-risk': 3, orphaned: 7, unknown: 0 },
            },
            hidden: 0,
          }),
        }),
      ),
      path: '/drift?groupBy=team',
    });
    await screen.findByRole('button', { name: /^level-1/ });
    expect(
      screen.queryByRole('button', { name: /^level-2/ }),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /level-1$/ }));
    expect(
      screen.getByRole('button', { name: /^level-2/ }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^level-3/ }),
    ).not.toBeInTheDocument();

    cleanup();
    await renderPage({ api, path: '/drift?groupBy=age' });
    const week = await screen.findByRole('button', {
      name: /^A day to a week/,
    });
    await userEvent.click(week);
    expect(addressQuery().get('minAgeDays')).toBe('1');
    expect(addressQuery().get('maxAgeDays')).toBe('7');
    expect(week).toHaveAttribute('aria-pressed', 'true');
    expect(api.getDriftSummary).toHaveBeenLastCalledWith(
      expect.objectContaining({ minAgeDays: undefined, maxAgeDays: undefined }),
    );
    await userEvent.click(week);
    expect(addressQuery().has('maxAgeDays')).toBe(false);
  });

  it('shows a year of open findings, and says on the first days what there is', async () => {
    const point = (back: number, open: number) => ({
      at: new Date(Date.UTC(2026, 10, 21, 8) - back * 86_400_000).toISOString(),
      open,
      opened: 1,
      closed: 2,
      owned: 30,
      atRisk: 3,
      orphaned: 7,
      unknown: 0,
    });
    const history = async (points: ReturnType<typeof point>[]) => {
      cleanup();
      const api = mockOwnershipApi(
        driftAnswers({ getDriftHistory: async () => ({ points }) }),
      );
      await renderPage({ api, path: '/drift' });
      await findTable();
      return api;
    };
    await history([point(2, 12), point(0, 9)]);
    expect(await screen.findByText('Since Thursday: 12 → 9')).toBeVisible();
    expect(
      screen.getByText(/^9 findings are open today. Orphaned components: 7/),
    ).toBeVisible();

    const api = await history(
      Array.from({ length: 400 }, (_, index) =>
        point(399 - index, 400 - index),
      ),
    );
    expect(
      await screen.findByText('Since Oct 18, 2025: 400 → 1'),
    ).toBeVisible();
    const from = Date.parse(api.getDriftHistory.mock.calls[0][0]!.from!);
    expect(Math.round((Date.now() - from) / 86_400_000)).toBe(365);
    // Those of the first day are in its 400.
    await userEvent.click(screen.getByRole('button', { name: '798 closed' }));
    expect(addressQuery().get('closedSince')).toBe('2025-10-19T00:00:00.000Z');
    // Also those that were closed again.
    await userEvent.click(screen.getByRole('button', { name: '399 opened' }));
    expect(addressQuery().get('openedSince')).toBe('2025-10-19T00:00:00.000Z');
    expect(api.listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({
        findingState: ['open', 'acknowledged', 'snoozed', 'waived', 'closed'],
      }),
    );
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove filter: Findings in any state',
      }),
    );
    expect(addressQuery().has('findingState')).toBe(false);
    // The numbers are there without the picture.
    await userEvent.click(screen.getByRole('button', { name: /table/i }));
    expect(
      await screen.findByRole('cell', { name: '400' }),
    ).toBeInTheDocument();
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
    let state: 'open' | 'acknowledged' = 'open';
    const api = mockOwnershipApi(
      driftAnswers({
        getFinding: async id => findingDetail(id, { state }),
        acknowledgeFinding: async id => {
          state = 'acknowledged';
          return finding(id);
        },
      }),
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
    expect(
      within(drawer).getByText(
        'Suggested: Payments, 76 % sure. It owns the system this is part of',
      ),
    ).toBeVisible();
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

    // The button is gone, and the keyboard still in the panel.
    await waitFor(() =>
      expect(within(drawer).getByRole('heading', { level: 2 })).toHaveFocus(),
    );
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

  it('keeps what people say as text, and assigns a finding', async () => {
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
      within(drawer).getByRole('button', { name: 'Assign…' }),
    );
    const dialog = await screen.findByRole('dialog');
    // It is nobody's: there is nothing to take away.
    expect(
      within(dialog).getByRole('button', { name: 'Assign' }),
    ).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText(/^To/),
      'user:default/ann',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Assign' }),
    );
    expect(api.assignFinding).toHaveBeenCalledWith('a', {
      assignee: 'user:default/ann',
    });
  });

  it('announces a suspended scan with its reason, also while the next one runs', async () => {
    const api = mockOwnershipApi(
      driftAnswers({
        listScans: async () => ({
          items: [
            { ...completedScan, id: 'scan-2', state: 'running' },
            {
              ...completedScan,
              state: 'suspended',
              reason: '9 of 41 owners vanished.',
            },
          ],
          pageInfo: {},
          totalItems: 2,
        }),
      }),
    );
    await renderPage({ api, path: '/drift' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The last scan was suspended');
    expect(alert).toHaveTextContent('9 of 41 owners vanished.');
  });

  it('says only what it knows of scans, and that nothing is clean before the first', async () => {
    let answer: () => void = () => {};
    const asked = new Promise<void>(resolve => {
      answer = resolve;
    });
    const page = { pageInfo: {}, totalItems: 0 };
    const api = mockOwnershipApi(
      driftAnswers({
        listFindings: async () => ({ items: [], ...page }),
        listScans: async () => {
          await asked;
          return { items: [], ...page };
        },
      }),
    );
    await renderPage({ api, path: '/drift' });
    await screen.findByText('Search findings');
    expect(screen.queryByText('No scan has run yet.')).toBeNull();
    await act(async () => answer());
    // Above the report, and in place of the list.
    expect(await screen.findAllByText('No scan has run yet.')).toHaveLength(2);
    expect(screen.queryByText('No open findings')).toBeNull();

    cleanup();
    await renderPage({
      api: mockOwnershipApi(
        driftAnswers({
          listScans: async () => {
            throw new Error('The database is away');
          },
        }),
      ),
      path: '/drift',
    });
    expect(
      await screen.findByText(
        'The last scan could not be read: The database is away',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText('No scan has run yet.')).toBeNull();
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
    expect(
      (await screen.findAllByRole('menuitem')).map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/^CSV/),
      'JSON',
      expect.stringMatching(/^NDJSON/),
      expect.stringMatching(/^Markdown/),
      expect.stringMatching(/^HTML/),
      expect.stringMatching(/^SARIF/),
      expect.stringMatching(/^JUnit/),
    ]);
    await userEvent.click(screen.getByRole('menuitem', { name: /CSV/ }));
    await waitFor(() => expect(click).toHaveBeenCalledTimes(1));
    expect(api.downloadReport).toHaveBeenCalledWith(
      expect.objectContaining({ format: 'csv', severity: ['high'] }),
    );
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:report');
    click.mockRestore();
  });
});
