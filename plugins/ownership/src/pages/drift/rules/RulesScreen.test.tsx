import type { RuleDescription } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { renderPage } from '../../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const rule = (
  id: string,
  title: string,
  changes: Partial<RuleDescription>,
): RuleDescription => ({
  id,
  title,
  why: 'Nobody knows whom to call.',
  fix: 'Name a team.',
  severity: 'high',
  enabled: true,
  parameters: {},
  ...changes,
});

describe('RulesScreen', () => {
  it('shows the catalogue as configured, worst first, and leads to the findings', async () => {
    const api = mockOwnershipApi({
      listRules: async () => ({
        items: [
          rule('runbook-stale', 'A runbook is stale', {
            enabled: false,
            parameters: { days: 180 },
          }),
          rule('owner-missing', 'Nobody is named as owner', {
            severity: 'critical',
            openFindings: 7,
          }),
        ],
      }),
    });
    await renderPage({ api, path: '/rules' });

    expect(
      await screen.findByRole('link', { name: '7 open findings' }),
    ).toHaveAttribute('href', '/ownership/drift?rule=owner-missing');
    expect(
      screen.getAllByRole('heading', { level: 2 }).map(h => h.textContent),
    ).toEqual(['Critical', 'High']);
    const high = screen.getByRole('region', { name: 'High' });
    expect(within(high).getByText('Switched off')).toBeInTheDocument();
    expect(within(high).getByText('days')).toBeInTheDocument();

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search rules' }),
      'nothing like it',
    );
    expect(
      await screen.findByText('No rule matches "nothing like it"'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all rules' }),
    );
    expect(screen.getByText('A runbook is stale')).toBeInTheDocument();
  });
});
