import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aFinding, anOwnership } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { DriftCard } from './DriftCard';

const detail = {
  ...aFinding(),
  rule: {
    title: 'Runbooks are drilled',
    why: 'A runbook nobody has tried fails when it is needed.',
    fix: 'Drill it.',
    docsUrl: `${'java'}script:alert(1)`,
  },
  events: [],
  patch: 'drilledAt: 2026-11-21\n',
};

describe('DriftCard', () => {
  it('shows the worst first, then the oldest, and what was accepted last', async () => {
    await renderOnEntity(<DriftCard />, {
      ownership: {
        findings: [
          aFinding({ id: '1', severity: 'low', message: 'No cost centre.' }),
          aFinding({ id: '2', severity: 'high', message: 'Newer.' }),
          aFinding({
            id: '3',
            severity: 'high',
            message: 'Older.',
            firstSeenAt: '2026-01-01T00:00:00Z',
          }),
          aFinding({ id: '4', severity: 'critical', message: 'No owner.' }),
          aFinding({
            id: '5',
            severity: 'critical',
            state: 'waived',
            message: 'Accepted.',
            waiver: {
              reason: 'Moves in January',
              requestedBy: 'user:default/ines',
              expiresAt: '2027-01-31T00:00:00Z',
            },
          }),
          aFinding({ id: '6', state: 'closed', message: 'Solved.' }),
        ],
      },
    });
    const messages = () =>
      screen
        .getAllByRole('listitem')
        .map(item => item.querySelector('p')?.textContent);
    await screen.findByText('No owner.');
    expect(messages()).toEqual(['No owner.', 'Older.', 'Newer.']);
    await userEvent.click(
      screen.getByRole('button', { name: '1 more · 1 accepted for now' }),
    );
    expect(messages()).toEqual([
      'No owner.',
      'Older.',
      'Newer.',
      'No cost centre.',
      'Accepted.',
    ]);
    expect(screen.getByText(/Moves in January/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open in the drift report' }),
    ).toHaveAttribute(
      'href',
      '/ownership/drift?entityRef=component%3Adefault%2Fcheckout',
    );
  });

  it('tells on demand why it matters, what was found and what to change', async () => {
    const getFinding = jest.fn().mockResolvedValue(detail);
    await renderOnEntity(<DriftCard />, { api: { getFinding } });
    const more = await screen.findByRole('button', { name: /^Details: / });
    expect(getFinding).not.toHaveBeenCalled();
    await userEvent.click(more);
    expect(await screen.findByText(detail.rule.why)).toBeInTheDocument();
    expect(getFinding).toHaveBeenCalledWith('finding-1');
    expect(screen.getByText('every 180 days')).toBeInTheDocument();
    expect(screen.getByText('drilledAt: 2026-11-21')).toBeInTheDocument();
    // An address that is not safe is not offered.
    expect(screen.queryByText('More about this rule')).not.toBeInTheDocument();
  });

  it('acknowledges with a click and shows it', async () => {
    const answers = [
      anOwnership(),
      anOwnership({
        findings: [
          aFinding({
            state: 'acknowledged',
            acknowledgedBy: 'user:default/ines',
          }),
        ],
      }),
    ];
    const acknowledgeFinding = jest.fn().mockResolvedValue(aFinding());
    await renderOnEntity(<DriftCard />, {
      api: { getEntity: async () => answers.shift()!, acknowledgeFinding },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Acknowledge' }),
    );
    expect(acknowledgeFinding).toHaveBeenCalledWith('finding-1');
    expect(await screen.findByText(/acknowledged by/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Acknowledge' }),
    ).not.toBeInTheDocument();
  });

  it('waives with reason and date, and keeps the dialog where that fails', async () => {
    const waiveFinding = jest
      .fn()
      .mockRejectedValueOnce(new Error('At most 90 days'))
      .mockResolvedValueOnce(aFinding());
    await renderOnEntity(<DriftCard />, { api: { waiveFinding } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Waive…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Moves in January',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Waive' }),
    );
    expect(await within(dialog).findByText('At most 90 days')).toBeVisible();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Waive' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(waiveFinding).toHaveBeenLastCalledWith('finding-1', {
      reason: 'Moves in January',
      expiresAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
    });
  });

  it('shows a waiver that was asked for, and lets who may withdraw', async () => {
    const withdrawWaiver = jest.fn().mockResolvedValue(aFinding());
    const request = {
      reason: 'Moves in January',
      requestedBy: 'user:default/ines',
      requestedAt: '2026-11-20T00:00:00Z',
      expiresAt: '2027-01-31T00:00:00Z',
    };
    const { unmount } = await renderOnEntity(<DriftCard />, {
      ownership: { findings: [aFinding({ waiverRequest: request })] },
    });
    expect(await screen.findByText(/waiver requested by/)).toHaveTextContent(
      'Moves in January',
    );
    expect(screen.queryByRole('button', { name: /aiver…/ })).toBeNull();
    unmount();

    await renderOnEntity(<DriftCard />, {
      ownership: { findings: [aFinding({ state: 'waived' })] },
      api: { withdrawWaiver },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: '1 accepted for now' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Withdraw waiver' }),
    );
    expect(withdrawWaiver).toHaveBeenCalledWith('finding-1');
  });

  it('offers nothing to who may not, and says why a click failed', async () => {
    const { unmount } = await renderOnEntity(<DriftCard />, {
      ownership: { may: { waive: false, attest: false } },
    });
    await screen.findByRole('button', { name: /^Details: / });
    expect(screen.queryByRole('button', { name: 'Waive…' })).toBeNull();
    unmount();

    await renderOnEntity(<DriftCard />, {
      api: {
        acknowledgeFinding: async () =>
          Promise.reject(new Error('Somebody was faster')),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Acknowledge' }),
    );
    expect(
      await screen.findByText('That was not saved: Somebody was faster'),
    ).toBeInTheDocument();
  });

  it('tells accepted from solved', async () => {
    await renderOnEntity(<DriftCard />, {
      ownership: { findings: [aFinding({ state: 'waived' })] },
    });
    expect(await screen.findByText('Nothing open')).toBeInTheDocument();
    expect(screen.queryByText('No drift')).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: '1 accepted for now' }),
    ).toBeInTheDocument();
  });

  it('tells no drift from not checked', async () => {
    const { unmount } = await renderOnEntity(<DriftCard />, {
      ownership: { findings: [] },
    });
    expect(await screen.findByText('No drift')).toBeInTheDocument();
    unmount();
    await renderOnEntity(<DriftCard />, {
      ownership: { findings: [], checkedAt: undefined },
    });
    expect(await screen.findByText('Not checked yet')).toBeInTheDocument();
    expect(screen.queryByText('No drift')).not.toBeInTheDocument();
  });
});
