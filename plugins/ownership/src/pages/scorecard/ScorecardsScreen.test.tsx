import type {
  OwnershipApi,
  Scorecard,
  ScorecardRollup,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const maturity: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'beginner', title: 'Beginner', rules: ['owner-missing'] },
    { id: 'advanced', title: 'Advanced', rules: ['slo-missing'] },
  ],
};

const item = (
  ref: string,
  title: string,
  changes: Partial<ScorecardRollup['items'][number]>,
): ScorecardRollup['items'][number] => ({
  ref,
  title,
  entities: 4,
  byLevel: { beginner: 2, advanced: 1, none: 1, unknown: 0 },
  score: 0.5,
  coverage: 1,
  hidden: 0,
  ...changes,
});

const answers: Partial<OwnershipApi> = {
  listScorecards: async () => ({
    items: [maturity, { ...maturity, id: 'ready', title: 'Readiness' }],
  }),
  getScorecardRollup: async () => ({
    items: [
      item('group:default/commerce', 'Commerce', { hidden: 2 }),
      item('group:default/payments', 'Payments', {
        parent: 'group:default/commerce',
        score: undefined,
        coverage: 0.75,
      }),
    ],
    levers: [
      {
        ruleId: 'slo-missing',
        title: 'There is no SLO',
        severity: 'medium',
        entities: 9,
        lifts: 4,
      },
    ],
  }),
  getScorecardHistory: async () => ({ points: [] }),
  listScorecardResults: async () => ({
    items: [
      {
        id: 'maturity',
        entityRef: 'component:default/ledger',
        entityTitle: 'Ledger',
        ownerRefs: ['group:default/payments'],
        level: 'beginner',
        nextLevel: 'advanced',
        missing: ['slo-missing'],
        unknown: [],
        score: 0.5,
        rules: [
          {
            ruleId: 'owner-missing',
            title: 'Somebody is named as owner',
            level: 'beginner',
            status: 'pass',
          },
          {
            ruleId: 'slo-missing',
            title: 'There is an SLO',
            level: 'advanced',
            status: 'unknown',
          },
        ],
      },
    ],
    pageInfo: {},
    totalItems: 1,
  }),
};

describe('ScorecardsScreen', () => {
  it('draws the first hundred of 2,000 teams until all are asked for', async () => {
    await renderPage({
      api: mockOwnershipApi({
        ...answers,
        getScorecardRollup: async () => ({
          items: Array.from({ length: 2000 }, (_, index) =>
            item(`group:default/t-${index}`, `Team ${index}`, {}),
          ),
          levers: [],
        }),
      }),
      path: '/scorecards',
    });
    const table = await screen.findByRole('table', {
      name: 'Entities by level',
    });
    expect(table.querySelectorAll('tbody tr')).toHaveLength(100);
    expect(
      screen.getByRole('button', { name: /2,000/, expanded: false }),
    ).toBeInTheDocument();
  });

  it('says who moved most, those that fell first, and which rule flipped', async () => {
    const mover = {
      entityRef: 'component:default/ledger',
      entityTitle: 'Ledger',
      ownerRefs: ['group:default/payments'],
      from: 'advanced',
      to: 'beginner',
      fromScore: 1,
      toScore: 0.5,
      day: '2026-11-03',
      reasons: [
        {
          ruleId: 'slo-missing',
          title: 'There is an SLO',
          from: 'pass' as const,
          to: 'fail' as const,
          day: '2026-11-03',
        },
      ],
    };
    const getScorecardMovers = jest.fn(async () => ({
      since: '2026-10-22',
      entities: {
        down: { count: 7, items: [mover] },
        up: { count: 0, items: [] },
      },
      teams: {
        since: '2026-10-22',
        down: [
          {
            ref: 'group:default/payments',
            title: 'Payments',
            fromScore: 0.8,
            toScore: 0.7,
            fromEntities: 3,
            toEntities: 4,
            reasons: [{ ...mover.reasons[0], entities: 2 }],
          },
        ],
        up: [],
      },
      hidden: 0,
    }));
    await renderPage({
      api: mockOwnershipApi({ ...answers, getScorecardMovers }),
      path: '/scorecards',
    });
    const panel = await screen.findByRole('region', { name: 'Biggest movers' });
    const fell = await within(panel).findByRole('region', {
      name: '7 components fell',
    });
    const [ledger, payments] = within(fell).getAllByRole('listitem');
    expect(ledger).toHaveTextContent('Beginner, was Advanced');
    expect(ledger).toHaveTextContent(/“There is an SLO” fails since .*3/);
    expect(within(fell).getByText('and 6 more')).toBeInTheDocument();
    expect(payments).toHaveTextContent('4 components, 3 then');
    expect(payments).toHaveTextContent(
      '“There is an SLO” fails in 2 components',
    );
    expect(
      within(payments).getByRole('link', { name: 'Payments' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('group=group%3Adefault%2Fpayments'),
    );
    expect(within(panel).queryByText(/rose/)).not.toBeInTheDocument();
  });

  it('leads from teams to entities to rules', async () => {
    const api = mockOwnershipApi(answers);
    await renderPage({ api, path: '/scorecards' });

    const table = await screen.findByRole('table', {
      name: 'Entities by level',
    });
    const [, commerce, payments] = within(table).getAllByRole('row');
    expect(
      within(commerce).getByRole('img', {
        name: 'Commerce: Advanced 1, Beginner 2, No level yet 1',
      }),
    ).toBeInTheDocument();
    expect(payments).toHaveTextContent('75 % known');
    expect(
      screen.getByText('2 entities are not counted: you may not see them.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Trend starts today/)).toBeInTheDocument();

    await userEvent.click(
      within(commerce).getByRole('button', { name: /Hide what is under/ }),
    );
    expect(within(table).queryByText('Payments')).not.toBeInTheDocument();

    await userEvent.click(
      within(commerce).getByRole('link', { name: 'Commerce' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Entities of Commerce' }),
    ).toBeInTheDocument();
    expect(api.listScorecardResults).toHaveBeenLastCalledWith(
      'maturity',
      expect.objectContaining({ team: 'group:default/commerce' }),
    );

    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the rules of Ledger' }),
    );
    expect(addressQuery().get('entity')).toBe('component:default/ledger');
    // Unknown is not passed, and stands apart from failed.
    const rule = screen
      .getByRole('link', { name: 'There is an SLO' })
      .closest('li')!;
    expect(rule).toHaveTextContent('Unknown');

    await userEvent.click(screen.getByRole('button', { name: 'All results' }));
    expect(addressQuery().has('group')).toBe(false);
    expect(
      await screen.findByRole('table', { name: 'Entities by level' }),
    ).toBeInTheDocument();
  });

  it('opens the entities a rule holds back, and another scorecard', async () => {
    const api = mockOwnershipApi(answers);
    await renderPage({ api, path: '/scorecards' });

    await userEvent.click(
      await screen.findByRole('button', {
        name: /There is no SLO\s*lifts 4 at once/,
      }),
    );
    expect(addressQuery().get('rule')).toBe('slo-missing');
    await waitFor(() =>
      expect(api.listScorecardResults).toHaveBeenLastCalledWith(
        'maturity',
        expect.objectContaining({ rule: 'slo-missing' }),
      ),
    );

    await userEvent.click(screen.getByRole('button', { name: /Scorecard/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Readiness' }),
    );
    expect(addressQuery().get('scorecard')).toBe('ready');
    expect(addressQuery().has('rule')).toBe(false);
    await waitFor(() =>
      expect(api.getScorecardRollup).toHaveBeenLastCalledWith('ready', {
        groupBy: 'team',
      }),
    );
  });

  it('says how a scorecard comes to be where there is none', async () => {
    const api = mockOwnershipApi({
      listScorecards: async () => ({ items: [] }),
    });
    await renderPage({ api, path: '/scorecards' });
    expect(
      await screen.findByText('No scorecard is configured'),
    ).toBeInTheDocument();
  });

  it('tries a change, and says so where the configuration is invalid', async () => {
    const user = userEvent.setup();
    const api = mockOwnershipApi({
      ...answers,
      listScorecards: async () => ({
        items: [maturity],
        problem: {
          message: 'ownership.scorecards[0].levels: too small',
          since: '2026-11-20T08:00:00.000Z',
          inUse: 'last-valid',
        },
      }),
      getScorecardDefinition: async () => ({ yaml: 'id: maturity\n' }),
      tryScorecard: async () => ({
        scorecard: maturity,
        isNew: false,
        components: 24,
        before: { none: 1, unknown: 0, beginner: 9, advanced: 14 },
        after: { none: 1, unknown: 0, beginner: 23, advanced: 0 },
        up: 0,
        down: 14,
        same: 10,
        added: 0,
        removed: 1,
        samples: [
          {
            entityRef: 'component:default/cart',
            entityTitle: 'Cart',
            from: 'advanced',
            to: 'beginner',
            move: 'down',
          },
        ],
        teams: [
          { ref: 'group:default/payments', title: 'Payments', up: 0, down: 14 },
        ],
        unknownRules: ['new-rule'],
        hidden: 0,
      }),
    });
    await renderPage({ api, path: '/scorecards' });
    expect(
      await screen.findByText(
        /is invalid since .*the last valid one is in use/,
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try a change' }));
    const text = await screen.findByRole('textbox', { name: /app-config/ });
    expect(text).toHaveValue('id: maturity\n');
    await user.type(text, 'title: M');
    await user.click(
      screen.getByRole('button', { name: 'See what would change' }),
    );
    expect(api.tryScorecard).toHaveBeenCalledWith({
      scorecard: 'id: maturity\ntitle: M',
    });
    expect(
      await screen.findByText(
        'It would move 14 components down, no longer measure 1 component.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/count as unknown: new-rule/)).toBeInTheDocument();
    expect(
      screen.getByRole('table', { name: 'Some of those that move' }),
    ).toHaveTextContent('Advanced to Beginner');

    api.tryScorecard.mockRejectedValue(
      new Error('scorecard.levels[0].rules[0]: there is no rule "x"'),
    );
    await user.click(
      screen.getByRole('button', { name: 'See what would change' }),
    );
    expect(await screen.findByText(/there is no rule "x"/)).toBeInTheDocument();
  });
});
