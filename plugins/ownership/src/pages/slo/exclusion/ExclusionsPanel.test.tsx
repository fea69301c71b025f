import type {
  SloDetail,
  SloExclusion,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { renderPage } from '../../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const entityRef = 'component:default/checkout';
const detail: SloDetail = {
  status: {
    entityRef,
    slo: 'availability',
    title: 'Checkout answers',
    objective: 0.99,
    budgetingMethod: 'Occurrences',
    window: {
      duration: '28d',
      type: 'rolling',
      start: '2026-10-24T08:00:00.000Z',
      end: '2026-11-21T08:00:00.000Z',
    },
    state: 'met',
    burnRates: [],
    alerts: [],
    coverage: 1,
    excludedSeconds: 7200,
    excludedUntil: '2026-11-21T10:00:00.000Z',
    evaluatedAt: '2026-11-21T08:00:00.000Z',
  },
  origin: { entityRef, path: '' },
  warnings: [],
  policyActions: [],
  runbooks: [],
};
const exclusion: SloExclusion = {
  id: 'e1',
  reason: 'Move of the database',
  from: '2026-11-21T06:00:00.000Z',
  rrule: 'FREQ=WEEKLY;BYDAY=SA',
  durationSeconds: 14_400,
  timeZone: 'Europe/Berlin',
  state: 'running',
  next: { from: '2026-11-21T06:00:00.000Z', to: '2026-11-21T10:00:00.000Z' },
  createdAt: '2026-11-20T08:00:00.000Z',
  createdBy: 'user:default/ada',
};

const remark = 'Before 15 Nov whole hours are left out.';

function mockApi(mayChange: boolean) {
  return mockOwnershipApi({
    getSlo: async () => detail,
    getSloHistory: async () => ({ stepSeconds: 3600, points: [], markers: [] }),
    listSloExclusions: async () => ({ items: [exclusion], mayChange }),
    addSloExclusion: jest
      .fn()
      .mockRejectedValueOnce(new Error('it must begin from 2025 to 2028'))
      .mockResolvedValue({ ...exclusion, warnings: [remark] }),
    endSloExclusion: async () => exclusion,
  });
}

const path = '/slos/component/default/checkout/availability';

describe('ExclusionsPanel', () => {
  it('shows what does not count, adds some and ends it', async () => {
    const api = mockApi(true);
    await renderPage({ api, path });

    expect(
      await screen.findByText(/^Time is excluded until Nov 21, 2026/),
    ).toBeInTheDocument();
    const item = (await screen.findByText('Move of the database')).closest(
      'li',
    )!;
    expect(item).toHaveTextContent('runs now');
    expect(item).toHaveTextContent('in Europe/Berlin');
    expect(item).toHaveTextContent(/Next: Nov 21, 2026/);

    await userEvent.click(screen.getByRole('button', { name: 'Exclude time' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Exclude' });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText(/Why does it not count/),
      'Game day',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: /Repeats/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Every week on this day' }),
    );
    await userEvent.click(confirm);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'it must begin from 2025 to 2028',
    );
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    // What the portal could not do quite as asked stays to be read.
    expect(screen.getByText(remark).closest('[role=status]')).not.toBeNull();
    expect(api.addSloExclusion).toHaveBeenLastCalledWith(
      entityRef,
      'availability',
      {
        reason: 'Game day',
        from: expect.stringMatching(/^\d{4}-.*Z$/),
        rrule: 'FREQ=WEEKLY',
        durationSeconds: 3600,
        timeZone: expect.any(String),
      },
    );
    // The figures are asked for again.
    expect(api.getSlo.mock.calls.length).toBeGreaterThan(1);

    await userEvent.click(
      screen.getByRole('button', { name: 'End: Move of the database' }),
    );
    const ending = await screen.findByRole('dialog');
    await userEvent.type(
      within(ending).getByLabelText(/Why does it end/),
      'Done',
    );
    await userEvent.click(within(ending).getByRole('button', { name: 'End' }));
    await waitFor(() =>
      expect(api.endSloExclusion).toHaveBeenCalledWith(
        entityRef,
        'availability',
        'e1',
        { reason: 'Done', scope: 'future' },
      ),
    );
  });

  it('only shows them to those who may not change them', async () => {
    await renderPage({ api: mockApi(false), path });
    expect(await screen.findByText('Move of the database')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Exclude time' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^End/ }),
    ).not.toBeInTheDocument();
  });
});
