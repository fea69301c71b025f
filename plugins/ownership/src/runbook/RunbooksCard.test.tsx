import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOwnership } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { RunbooksCard } from './RunbooksCard';

const script = `${'java'}script:alert(1)`;

describe('RunbooksCard', () => {
  it('shows what is covered, how old it is, and what is not covered', async () => {
    await renderOnEntity(<RunbooksCard />);
    await screen.findByText('Deploy and verify');
    expect(
      screen.getByRole('link', { name: /Payments are failing/ }),
    ).toHaveAttribute('href', 'https://wiki.example.org/payments-failing');
    expect(screen.getByText(/May be out of date/)).toBeInTheDocument();
    expect(screen.getByText('2 alerts')).toHaveAttribute(
      'title',
      'For the alerts CheckoutErrorBudgetBurn, CheckoutLatency',
    );
    expect(screen.getAllByRole('listitem').pop()).toHaveTextContent(
      'RollbackNo runbook covers this yet',
    );
  });

  it('opens a readable one in the portal, sanitised', async () => {
    const getRunbookContent = jest.fn().mockResolvedValue({
      title: 'Deploy and verify',
      markdown: `# Steps\n\n<script>alert(1)</script>\n\n[go](${script})\n\n1. Check`,
      readAt: '2026-11-21T11:00:00Z',
    });
    await renderOnEntity(<RunbooksCard />, { api: { getRunbookContent } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy and verify' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByRole('heading', { name: 'Steps' }),
    ).toBeInTheDocument();
    expect(getRunbookContent).toHaveBeenCalledWith(
      'component:default/checkout',
      'deploy',
    );
    expect(dialog.querySelector('script')).toBeNull();
    expect(dialog.innerHTML).not.toContain(`href="${script}"`);
    await userEvent.click(within(dialog).getByText('Close'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says why one cannot be read, and reads it after a retry', async () => {
    const getRunbookContent = jest
      .fn()
      .mockRejectedValueOnce(new Error('The repository did not answer'))
      .mockResolvedValueOnce({
        title: 'x',
        markdown: 'Check the dashboard',
        readAt: '2026-11-21T11:00:00Z',
      });
    await renderOnEntity(<RunbooksCard />, { api: { getRunbookContent } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy and verify' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The repository did not answer',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Check the dashboard')).toBeInTheDocument();
  });

  it('opens no address that is not safe, and says so', async () => {
    const [runbook] = anOwnership().runbooks;
    await renderOnEntity(<RunbooksCard />, {
      ownership: {
        runbooks: [{ ...runbook, readable: false, url: script, href: script }],
        uncoveredAreas: [],
      },
    });
    expect(
      await screen.findByText(`This address cannot be opened: ${script}`),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('says how to begin where there is none', async () => {
    await renderOnEntity(<RunbooksCard />, {
      ownership: { runbooks: [], uncoveredAreas: [] },
    });
    expect(await screen.findByText('No runbook yet')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy' })).toBeInTheDocument();
  });
});
