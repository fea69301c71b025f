import type {
  RuleDescription,
  RuleDryRun,
} from '@service-ownership/backstage-plugin-ownership-common';
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
    ).toEqual(['Critical', 'High', 'Try a change']);
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

  it('shows an example, whom a rule is asked of, and that it breaks', async () => {
    const api = mockOwnershipApi({
      listRules: async () => ({
        items: [
          rule('pager-missing', 'No pager', {
            origin: 'configuration',
            fix: 'Set `pager` in the annotations.',
            example: 'metadata:\n  name: checkout\n',
            appliesTo: { kind: 'Component' },
            broken: { components: 3, message: 'x is not a function' },
          }),
        ],
      }),
    });
    await renderPage({ api, path: '/rules?rule=pager-missing' });
    expect(
      await screen.findByText(
        'It broke on 3 components in the last scan: x is not a function',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('pager', { selector: 'code' })).toBeInTheDocument();
    expect(screen.getByText(/name: checkout/)).toBeInTheDocument();
    expect(screen.getByText('{"kind":"Component"}')).toBeInTheDocument();
    expect(
      screen.getByText('pager-missing (Rule of this portal)'),
    ).toBeInTheDocument();
  });

  it('tries a pasted change, and says where it is wrong', async () => {
    const answers: RuleDryRun[] = [
      {
        problems: [
          { path: 'rules.owner-mising', message: 'is no rule', line: 2 },
        ],
      },
      {
        problems: [],
        outcome: {
          components: 40,
          hidden: 0,
          findingsNow: 5,
          findingsThen: 6,
          opens: 2,
          closes: 1,
          rules: [
            {
              id: 'pager-missing',
              title: 'No pager',
              severity: 'high',
              enabled: true,
              opens: 2,
              closes: 1,
              reweighed: 0,
              broken: 0,
              opening: [
                { entityRef: 'component:default/cart', message: 'no pager' },
              ],
              closing: [],
            },
          ],
          states: {
            changed: 1,
            now: { owned: 1, 'at-risk': 0, orphaned: 0, unknown: 0 },
            then: { owned: 0, 'at-risk': 1, orphaned: 0, unknown: 0 },
            samples: [
              {
                entityRef: 'component:default/cart',
                from: 'owned',
                to: 'at-risk',
                reason: 'no pager',
              },
            ],
          },
        },
      },
    ];
    const dryRunRules = jest.fn(async () => answers.shift()!);
    await renderPage({
      api: mockOwnershipApi({
        listRules: async () => ({ items: [] }),
        dryRunRules,
      }),
      path: '/rules',
    });
    const panel = await screen.findByRole('region', { name: 'Try a change' });
    const run = within(panel).getByRole('button', { name: 'Try it' });
    expect(run).toBeDisabled();
    await userEvent.type(
      within(panel).getByRole('textbox', { name: /Rules as YAML/ }),
      'rules: x',
    );
    await userEvent.click(run);
    expect(dryRunRules).toHaveBeenCalledWith({ text: 'rules: x' });
    expect(await within(panel).findByRole('alert')).toHaveTextContent(
      'The change is not right yetrules.owner-mising is no rule (line 2)',
    );

    await userEvent.click(run);
    expect(
      await within(panel).findByText(
        '2 would open and 1 would close, over 40 components',
      ),
    ).toBeInTheDocument();
    expect(
      within(panel).getByText('2 would open, 1 would close'),
    ).toBeInTheDocument();
    expect(within(panel).getByText('and 1 more')).toBeInTheDocument();
    expect(
      within(panel).getByText(/from Owned to At risk: no pager/),
    ).toBeInTheDocument();
    expect(within(panel).queryByRole('alert')).toBeNull();
  });
});
