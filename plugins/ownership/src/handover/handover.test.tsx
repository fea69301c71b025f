import type {
  HandoverBrief,
  HandoverDetail,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { OwnershipContent } from '../contract/OwnershipContent';
import { OwnershipCard } from '../directory/OwnershipCard';
import { mockOwnershipApi } from '../pages/__testUtils__/mockOwnershipApi';
import { renderPage } from '../pages/__testUtils__/renderPage';

const to = { ref: 'group:default/payments', title: 'Payments', resolves: true };
const from = [
  { ref: 'group:default/booking', title: 'Booking', resolves: true },
];
const brief: HandoverBrief = {
  id: 'h1',
  state: 'accepted',
  to,
  from,
  dueAt: '2099-01-01T00:00:00.000Z',
  done: 0,
  items: 1,
};
const handover: HandoverDetail = {
  id: 'h1',
  state: 'accepted',
  to,
  from,
  reason: 'Payments takes the till',
  proposedAt: '2026-11-01T00:00:00.000Z',
  proposedBy: 'user:default/bo',
  acceptedAt: '2026-11-02T00:00:00.000Z',
  acceptedBy: 'user:default/ada',
  dueAt: '2099-01-01T00:00:00.000Z',
  overdue: false,
  components: [{ entityRef: 'component:default/checkout', title: 'Checkout' }],
  hidden: 1,
  checklist: [{ id: '1', title: 'On-call moved', done: false }],
  problems: [],
  may: {
    accept: false,
    decline: false,
    cancel: true,
    complete: false,
    check: true,
  },
  toMove: [
    {
      entityRef: 'component:default/checkout',
      ownerRefs: ['group:default/booking'],
      patch: 'spec:\n  owner: group:default/payments\n',
    },
  ],
  titles: { 'user:default/bo': 'Bo', 'user:default/ada': 'Ada' },
};
const ready: HandoverDetail = {
  ...handover,
  state: 'ready',
  checklist: [
    {
      ...handover.checklist[0],
      done: true,
      doneAt: '2026-11-03T00:00:00.000Z',
      doneBy: 'user:default/ada',
    },
  ],
  may: { ...handover.may, complete: true },
};
const sentence =
  'Being handed over to Payments, accepted. Booking answers until it is complete.';
const till = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'till', namespace: 'default', title: 'The till' },
  spec: { type: 'team', children: [] },
};
const noFindings = {
  listFindings: async () => ({ items: [], pageInfo: {}, totalItems: 0 }),
  getEntitiesByRefs: async () => ({ items: [] }),
};

const none = { waive: false, attest: false };

describe('handovers on the entity page', () => {
  it('says on the card who answers meanwhile', async () => {
    await renderOnEntity(<OwnershipCard />, { ownership: { handover: brief } });
    await screen.findByText(sentence);
    expect(
      screen.getByRole('link', { name: 'See the handover' }),
    ).toHaveAttribute('href', expect.stringMatching(/checkout\/ownership$/));
  });

  it('is worked off and completed on the tab; an error stays until the next try', async () => {
    const checkHandoverItem = jest.fn(async () => ready);
    const answerHandover = jest
      .fn()
      .mockRejectedValueOnce(new Error('The catalog does not name it yet'))
      .mockResolvedValue({
        ...ready,
        state: 'complete',
        may: { ...handover.may, cancel: false, check: false },
        toMove: [],
        endedAt: '2026-11-04T00:00:00.000Z',
        endedBy: 'user:default/ada',
      });
    await renderOnEntity(<OwnershipContent />, {
      ownership: { handover: brief, may: { ...none, handOver: true } },
      api: {
        ...noFindings,
        getHandover: async () => handover,
        checkHandoverItem,
        answerHandover,
      },
    });
    await screen.findByRole('heading', { name: 'Handover to Payments' });
    await screen.findByText(sentence);
    expect(screen.queryByRole('button', { name: 'Hand over…' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Complete' })).toBeNull();
    expect(screen.getByText('0 of 1 done')).toBeVisible();
    expect(screen.getByText(/owner: group:default\/payments/)).toBeVisible();

    await userEvent.click(
      screen.getByRole('checkbox', { name: 'On-call moved' }),
    );
    await screen.findByText('1 of 1 done');
    expect(checkHandoverItem).toHaveBeenCalledWith('h1', '1', true);

    await userEvent.type(
      screen.getByRole('textbox', { name: /A word to the other team/ }),
      'Thanks',
    );
    const complete = screen.getByRole('button', { name: 'Complete' });
    await userEvent.click(complete);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'That was not taken: The catalog does not name it yet',
    );
    await userEvent.click(complete);
    await screen.findByText(/Complete by Ada/);
    expect(answerHandover).toHaveBeenLastCalledWith('h1', 'complete', {
      comment: 'Thanks',
    });
    expect(
      screen.queryByRole('button', { name: 'Cancel the handover' }),
    ).toBeNull();
  });

  it('offers to hand over only to who may', async () => {
    await renderOnEntity(<OwnershipContent />, {
      ownership: { may: none },
      api: noFindings,
    });
    await screen.findByRole('heading', { name: 'Checkout' });
    expect(screen.queryByRole('button', { name: 'Hand over…' })).toBeNull();
  });
});

it('proposes a handover to a team, with a reason and a day', async () => {
  const proposeHandover = jest.fn(async () => handover);
  await renderOnEntity(<OwnershipContent />, {
    ownership: { may: { ...none, handOver: true } },
    api: { ...noFindings, proposeHandover },
    others: [till],
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Hand over…' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  const propose = dialog.getByRole('button', { name: 'Propose' });
  expect(propose).toBeDisabled();
  await userEvent.click(dialog.getByRole('button', { name: /To which team/ }));
  await userEvent.click(
    await screen.findByRole('option', { name: 'The till' }),
  );
  await userEvent.type(
    dialog.getByRole('textbox', { name: /Why/ }),
    'They run it already',
  );
  await userEvent.click(propose);
  await waitFor(() =>
    expect(proposeHandover).toHaveBeenCalledWith({
      entityRefs: ['component:default/checkout'],
      to: 'group:default/till',
      reason: 'They run it already',
      dueAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    }),
  );
});

describe('the page of handovers', () => {
  it('lists those that are open, by team, and opens one', async () => {
    const listHandovers = jest.fn(async () => ({
      items: [handover],
      pageInfo: {},
      totalItems: 1,
    }));
    await renderPage({
      api: mockOwnershipApi({
        listHandovers,
        getHandover: async () => handover,
      }),
      path: '/handovers?team=group:default/payments',
    });
    const table = await screen.findByRole('table', {
      name: 'Handovers, those due first at the top',
    });
    expect(listHandovers).toHaveBeenCalledWith(
      expect.objectContaining({
        team: 'group:default/payments',
        state: ['proposed', 'accepted', 'ready'],
      }),
    );
    const [, row] = within(table).getAllByRole('row');
    expect(row).toHaveTextContent(/Checkout and 1 more.*Booking.*Payments/);
    expect(row).toHaveTextContent(/Accepted.*0 of 1/);
    row.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'What is handed over' });
    expect(screen.getByText('1 more that you may not see')).toBeVisible();
    expect(screen.getByText('Payments takes the till')).toBeVisible();
  });

  it('says how one begins where there is none, and asks again after an error', async () => {
    const listHandovers = jest
      .fn()
      .mockRejectedValueOnce(new Error('Database away'))
      .mockResolvedValue({ items: [], pageInfo: {}, totalItems: 0 });
    await renderPage({
      api: mockOwnershipApi({ listHandovers }),
      path: '/handovers?show=all',
    });
    await screen.findByText('The handovers could not be loaded');
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    await screen.findByText('Nothing is being handed over');
    await waitFor(() => expect(listHandovers).toHaveBeenCalledTimes(2));
    expect(listHandovers).toHaveBeenLastCalledWith(
      expect.objectContaining({ state: undefined }),
    );
  });
});
