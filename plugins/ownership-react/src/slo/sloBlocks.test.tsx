import { renderInTestApp } from '@backstage/test-utils';
import { burnDown } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BudgetBar } from './BudgetBar';
import { BudgetOutlook } from './BudgetOutlook';
import { BurnDownChart } from './BurnDownChart';
import { PolicyActionText } from './PolicyActionText';
import { SloAlertLabel } from './SloAlertLabel';

const window = {
  duration: '28d',
  type: 'rolling' as const,
  start: '2026-10-24T00:00:00Z',
  end: '2026-11-21T00:00:00Z',
};
const budget = (remaining: number) => ({
  consumed: 1 - remaining,
  remaining,
  remainingEvents: 0,
  remainingSeconds: 0,
  estimated: false,
});

describe('BudgetOutlook', () => {
  it.each([
    [
      { budget: budget(0.4), exhaustionSeconds: 9.9 * 86_400 },
      'Lasts 9 more days at this rate',
    ],
    [
      { budget: budget(0.4), exhaustionSeconds: 47 * 3_600 },
      'Lasts 47 more hours at this rate',
    ],
    [
      { budget: budget(0.4), exhaustionSeconds: 3_600 },
      'Lasts 1 more hour at this rate',
    ],
    [
      { budget: budget(0.4), exhaustionSeconds: 90 },
      'Lasts 1 more minute at this rate',
    ],
    [
      { budget: budget(0.4), exhaustionSeconds: 40 * 86_400 },
      'Lasts the whole window at this rate',
    ],
    [{ budget: budget(0.4) }, 'Nothing of the budget is being spent now'],
    [
      { budget: budget(0), exhaustionSeconds: 0 },
      'The error budget is used up',
    ],
    [
      { budget: budget(-0.12), exhaustionSeconds: 0 },
      'Error budget overspent by 12 %',
    ],
    [{}, 'There is no data to tell how much budget is left'],
    [{ reason: 'Prometheus did not answer' }, 'Prometheus did not answer'],
  ])('puts %j into words', async (slo, words) => {
    await renderInTestApp(
      <p>
        <BudgetOutlook slo={{ state: 'no-data', window, ...slo }} />
      </p>,
    );
    expect(screen.getByText(words)).toBeInTheDocument();
  });
});

describe('SloAlertLabel', () => {
  const alert = {
    severity: 'ticket' as const,
    longSeconds: 86_400,
    shortSeconds: 7200,
    factor: 3,
    reachable: true,
    firing: true,
  };
  const unknownSince = '2026-11-21T00:00:00Z';

  it.each([
    [[alert, { ...alert, severity: 'page' as const }], 'Page firing'],
    [[alert, { ...alert, unknownSince }], 'Ticket firing'],
    [[{ ...alert, unknownSince }], 'Ticket was firing'],
    [[{ ...alert, firing: false }], ''],
  ])('says the most urgent of what fires (%#)', async (alerts, words) => {
    await renderInTestApp(
      <p aria-label="alerts">
        <SloAlertLabel slo={{ alerts }} />
      </p>,
    );
    expect(screen.getByLabelText('alerts')).toHaveTextContent(
      new RegExp(`^${words}$`),
    );
  });
});

describe('PolicyActionText', () => {
  it('says what, since when and in what words', async () => {
    await renderInTestApp(
      <p aria-label="policy">
        <PolicyActionText
          action={{
            action: 'freeze',
            remainingBelow: 0,
            description: 'only fixes ship',
            since: '2025-11-19T12:00:00Z',
          }}
          now={new Date('2026-11-21T00:00:00Z')}
        />
      </p>,
    );
    expect(screen.getByLabelText('policy')).toHaveTextContent(
      'Freeze since Nov 19, 2025: only fixes ship',
    );
  });
});

describe('BudgetBar', () => {
  it('says what is left, and what is overspent', async () => {
    await renderInTestApp(
      <>
        <BudgetBar remaining={0.42} />
        <BudgetBar remaining={-1.5} />
      </>,
    );
    expect(
      screen.getByRole('img', { name: /^42\s% of the error budget left$/ }),
    ).toHaveTextContent('42 %');
    expect(
      screen.getByRole('img', { name: /^Error budget overspent by 150\s%$/ }),
    ).toHaveTextContent('−150 %');
  });
});

describe('BurnDownChart', () => {
  const points = burnDown({
    points: [
      { start: '2026-10-24T00:00:00Z', good: 100, total: 100, coverage: 1 },
      { start: '2026-10-31T00:00:00Z', good: 0, total: 0, coverage: 0 },
      { start: '2026-11-07T00:00:00Z', good: 98, total: 100, coverage: 1 },
    ],
    stepSeconds: 7 * 86_400,
    objective: 0.99,
    window,
    now: new Date('2026-11-14T00:00:00Z'),
  });

  it('draws the line and has the same numbers as a table', async () => {
    const { container } = await renderInTestApp(
      <BurnDownChart
        label="Orders go through"
        points={points}
        window={window}
        markers={[
          { at: '2026-11-08T10:00:00Z', kind: 'deployment', title: 'v42' },
          {
            at: '2026-11-08T11:00:00Z',
            until: '2026-11-08T12:00:00Z',
            kind: 'incident',
            title: 'Orders fail',
          },
        ]}
      />,
    );
    expect(
      screen.getByRole('img', { name: 'Orders go through' }),
    ).toBeInTheDocument();
    // The chart library arrives later.
    await screen.findByText('Budget left');
    await waitFor(() =>
      expect(container.querySelector('.recharts-surface')).toBeInTheDocument(),
    );

    const button = screen.getByRole('button', { name: 'Show as a table' });
    await userEvent.click(button);
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      'TimeBudget leftIf used evenlyEvent',
      expect.stringMatching(/^Oct 24, 2026.*100\s%100\s%$/),
      expect.stringMatching(/^Oct 31, 2026.*100\s%75\s%$/),
      expect.stringMatching(/^Nov 7, 2026.*no data50\s%$/),
      expect.stringMatching(
        /^Nov 14, 2026.*0\s%25\s%Deployment: v42; Incident: Orders fail$/,
      ),
    ]);
    expect(screen.getByText('1 deployment')).toBeInTheDocument();
    expect(screen.getByText('1 incident')).toBeInTheDocument();
  });

  it('says that there is nothing yet', async () => {
    await renderInTestApp(
      <BurnDownChart label="x" points={[]} window={window} />,
    );
    expect(
      screen.getByText('Nothing was recorded in this period yet.'),
    ).toBeInTheDocument();
  });
});
