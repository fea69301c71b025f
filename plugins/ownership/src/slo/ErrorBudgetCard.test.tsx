import {
  parseContract,
  readSlos,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anSlo } from '../__testUtils__/anOwnership';
import { renderOnEntity } from '../__testUtils__/renderOnEntity';
import { ErrorBudgetCard } from './ErrorBudgetCard';
import { exampleSlo } from './exampleSlo';

const budget = (remaining: number) => ({
  consumed: 1 - remaining,
  remaining,
  remainingEvents: 1,
  remainingSeconds: 1,
  estimated: false,
});

describe('ErrorBudgetCard', () => {
  it('shows three, worst first, and the others on demand', async () => {
    await renderOnEntity(<ErrorBudgetCard />, {
      ownership: {
        slos: [
          anSlo({ slo: 'a', title: 'Fine' }),
          anSlo({ slo: 'b', title: 'Less', budget: budget(0.2) }),
          anSlo({
            slo: 'c',
            title: 'Gone',
            state: 'breached',
            budget: budget(-0.12),
          }),
          anSlo({
            slo: 'd',
            title: 'Dark',
            state: 'no-data',
            budget: undefined,
            reason: 'Prometheus did not answer',
          }),
          anSlo({
            slo: 'e',
            title: 'Low',
            state: 'at-risk',
            budget: budget(0.05),
          }),
        ],
      },
    });
    const titles = () =>
      screen
        .getAllByRole('listitem')
        .map(item => item.querySelector('a')?.textContent);
    await screen.findByText('Gone');
    expect(titles()).toEqual(['Gone', 'Low', 'Dark']);
    expect(screen.getByText('Prometheus did not answer')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '2 more' }));
    expect(titles()).toEqual(['Gone', 'Low', 'Dark', 'Less', 'Fine']);
    expect(screen.getByRole('link', { name: 'Gone' })).toHaveAttribute(
      'href',
      '/ownership/slos/component/default/checkout/c',
    );
  });

  it('says promise, rest, trend and how long it lasts', async () => {
    await renderOnEntity(<ErrorBudgetCard />, {
      ownership: { slos: [anSlo()] },
    });
    expect(
      await screen.findByText(/^99\.9\s% over 28 days$/),
    ).toBeInTheDocument();
    expect(screen.getByText(/^42\s%$/)).toHaveTextContent(/left$/);
    expect(
      screen.getByRole('img', {
        name: /^Budget left over the window, now 42\s%$/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Lasts 9 more days at this rate'),
    ).toBeInTheDocument();
  });

  it('says that an alert fires, and what the policy asks for since when', async () => {
    await renderOnEntity(<ErrorBudgetCard />, {
      ownership: {
        slos: [
          anSlo({
            alerts: [
              {
                severity: 'page',
                longSeconds: 3600,
                shortSeconds: 300,
                factor: 13.44,
                reachable: true,
                firing: true,
              },
            ],
            excludedUntil: '2026-11-21T18:00:00.000Z',
            discovered: true,
            policyActions: [
              {
                action: 'freeze',
                remainingBelow: 0,
                description: 'only fixes ship',
                since: '2026-11-19T12:00:00.000Z',
              },
              { action: 'review', remainingBelow: 0.5 },
            ],
          }),
        ],
      },
    });
    expect(await screen.findByText('Page firing')).toBeInTheDocument();
    expect(screen.getByText(/: only fixes ship$/)).toHaveTextContent(
      'Freeze since Nov 19: only fixes ship',
    );
    expect(screen.queryByText(/Review/)).not.toBeInTheDocument();
    expect(
      screen.getByText(/^Time does not count until Nov 21, 2026/),
    ).toBeInTheDocument();
    expect(screen.getByText(/found recorded$/)).toBeInTheDocument();
  });

  it('says what the tier asks for where there is no SLO, with YAML to copy', async () => {
    await renderOnEntity(<ErrorBudgetCard />, { ownership: { slos: [] } });
    expect(await screen.findByText(/^Tier 1 asks for 1 SLO\./)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy' })).toBeInTheDocument();
  });
});

describe('exampleSlo', () => {
  it('is an SLO the backend reads without a complaint', () => {
    const entityRef = 'component:default/checkout';
    const { contract, errors, warnings } = parseContract({
      text: exampleSlo({ entityRef }),
    });
    expect([...errors, ...warnings]).toEqual([]);
    const { slos, problems } = readSlos({
      contract,
      entityRef,
      sloEntities: [],
    });
    expect(problems).toEqual([]);
    expect(slos).toEqual([
      expect.objectContaining({
        name: 'availability',
        objective: 0.995,
        warnings: [],
        indicator: expect.objectContaining({
          good: 'sum(http_requests_total{service="checkout",code!~"5.."})',
          total: 'sum(http_requests_total{service="checkout"})',
        }),
      }),
    ]);
  });
});
