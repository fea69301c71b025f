import type {
  Initiative,
  InitiativeDetail,
  InitiativeEntity,
} from '@service-ownership/backstage-plugin-ownership-common';
import { initiativeFigures } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../__testUtils__/mockOwnershipApi';
import { addressQuery, renderPage } from '../__testUtils__/renderPage';
import { burnUpPoints } from './burnUpPoints';
import { emptyForm, requestOf } from './initiativeForm';

const initiative: Initiative = {
  id: 'i1',
  title: 'Every service has a runbook',
  goal: { ruleIds: ['runbook-missing'] },
  goalTitle: 'There is a runbook',
  scope: { predicate: { kind: 'Component' } },
  ownerRef: 'group:default/payments',
  ownerTitle: 'Payments',
  startsAt: '2026-11-01T00:00:00.000Z',
  dueAt: '2026-11-11T00:00:00.000Z',
  state: 'active',
  createdAt: '2026-11-01T00:00:00.000Z',
  createdBy: 'user:default/mara',
  updatedAt: '2026-11-01T00:00:00.000Z',
  problems: [],
  figures: initiativeFigures({ met: 17, missing: 23, unknown: 2, exempt: 1 }),
  hidden: 0,
  expected: 20,
  behind: 3,
  pace: 'behind',
  points: [
    { day: '2026-11-01', met: 10, counted: 42 },
    { day: '2026-11-05', met: 17, counted: 42 },
  ],
};
const detail: InitiativeDetail = {
  ...initiative,
  description: 'So that nobody guesses at night.',
  teams: [
    {
      ref: 'group:default/payments',
      title: 'Payments',
      figures: initiativeFigures({ met: 2, missing: 8 }),
      behind: 3,
    },
  ],
  exemptions: [
    {
      entityRef: 'component:default/old',
      reason: 'Switched off in spring',
      expiresAt: '2099-01-01T00:00:00.000Z',
      createdBy: 'user:default/mara',
      createdAt: '2026-11-01T00:00:00.000Z',
      active: true,
    },
  ],
  rules: [
    { ruleId: 'runbook-missing', title: 'There is a runbook', failing: 23 },
  ],
};
const entity: InitiativeEntity = {
  entityRef: 'component:default/cart',
  entityTitle: 'Cart',
  ownerRefs: ['group:default/payments'],
  state: 'missing',
  missing: ['runbook-missing'],
  unknown: [],
  waived: [],
};
const page = {
  items: [entity],
  pageInfo: {},
  totalItems: 1,
};
const scorecards = {
  items: [
    {
      id: 'maturity',
      title: 'Maturity',
      levels: [{ id: 'low', title: 'Low', rules: ['runbook-missing'] }],
    },
  ],
};

describe('initiatives', () => {
  it('lists them, says how they do, and leads to each', async () => {
    const api = mockOwnershipApi({
      listInitiatives: async () => ({ items: [initiative] }),
    });
    await renderPage({ api, path: '/initiatives?team=group:default/payments' });
    const table = await screen.findByRole('table', {
      name: /furthest behind first/,
    });
    expect(api.listInitiatives).toHaveBeenCalledWith({
      team: 'group:default/payments',
      state: ['active', 'draft'],
    });
    expect(
      within(table).getByRole('link', { name: initiative.title }),
    ).toHaveAttribute('href', '/ownership/initiatives/i1');
    expect(table).toHaveTextContent('17 of 42');
    expect(table).toHaveTextContent('2 unknown · 1 excused');
    expect(table).toHaveTextContent('3 behind the ideal line');
    expect(
      screen.getByRole('link', { name: 'Initiatives', current: 'page' }),
    ).toBeInTheDocument();
  });

  it('says what to do where there is none, and what went wrong', async () => {
    const api = mockOwnershipApi({});
    await renderPage({ api, path: '/initiatives?show=all' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'listInitiatives has no answer in this test',
    );
    api.listInitiatives.mockResolvedValue({ items: [] });
    await userEvent.click(screen.getByRole('button', { name: /again|retry/i }));
    expect(await screen.findByText('No initiative yet')).toBeInTheDocument();
  });

  it('starts one from a form that counts while it is filled in', async () => {
    const user = userEvent.setup();
    const api = mockOwnershipApi({
      listInitiatives: async () => ({ items: [] }),
      listScorecards: async () => scorecards,
      listRules: async () => ({ items: [] }),
      previewInitiative: async () => ({
        goalTitle: 'Level Low of Maturity',
        figures: initiative.figures,
        hidden: 0,
        problems: [],
      }),
      createInitiative: async () => detail,
      getInitiative: async () => detail,
      listInitiativeEntities: async () => page,
    });
    await renderPage({ api, path: '/initiatives' });
    const [start] = await screen.findAllByRole('button', {
      name: 'Start an initiative',
    });
    await user.click(start);
    const dialog = await screen.findByRole('dialog');
    const create = within(dialog).getByRole('button', { name: 'Create' });
    expect(create).toBeDisabled();
    await user.type(
      within(dialog).getByRole('textbox', { name: /^Title/ }),
      'Runbooks',
    );
    const choose = async (label: RegExp, option: string) => {
      await user.click(within(dialog).getByRole('button', { name: label }));
      await user.click(await screen.findByRole('option', { name: option }));
    };
    await choose(/Scorecard/, 'Maturity');
    await choose(/^Level|Level$/, 'Low');
    expect(
      await within(dialog).findByText(
        '43 components in scope, 17 meet the goal today',
      ),
    ).toBeInTheDocument();
    await user.click(
      within(dialog).getByRole('textbox', { name: /Only what this filter/ }),
    );
    await user.paste('kind: Component');
    await choose(/Driven by/, 'Payments');
    await user.click(create);
    await waitFor(() =>
      expect(api.createInitiative).toHaveBeenCalledWith(
        expect.objectContaining({
          title: 'Runbooks',
          goal: { scorecard: 'maturity', level: 'low' },
          scope: { predicate: 'kind: Component' },
          ownerRef: 'group:default/payments',
          state: 'active',
        }),
      ),
    );
    expect(
      await screen.findByRole('heading', { name: detail.title }),
    ).toBeInTheDocument();
  });

  it('shows how far one is, who is behind, and excuses a component', async () => {
    const user = userEvent.setup();
    const api = mockOwnershipApi({
      getInitiative: async () => detail,
      listInitiativeEntities: async () => page,
      exemptFromInitiative: async () => detail,
      withdrawInitiativeExemption: async () => detail,
      changeInitiative: async () => {
        throw new Error('Permission ownership.initiative.manage is required');
      },
    });
    await renderPage({ api, path: '/initiatives/i1?state=missing' });
    expect(
      await screen.findByText(/^17 of 42 meet the goal \(40\s?%\)$/),
    ).toBeInTheDocument();
    expect(api.listInitiativeEntities).toHaveBeenCalledWith(
      'i1',
      expect.objectContaining({ state: 'missing' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Excuse Cart' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Excuse Cart' });
    await user.type(within(dialog).getByRole('textbox'), 'It is going away');
    await user.click(within(dialog).getByRole('button', { name: 'Excuse' }));
    await waitFor(() =>
      expect(api.exemptFromInitiative).toHaveBeenCalledWith(
        'i1',
        expect.objectContaining({
          entityRef: 'component:default/cart',
          reason: 'It is going away',
        }),
      ),
    );
    await user.click(
      screen.getByRole('button', { name: /Take back the exemption/ }),
    );
    await waitFor(() =>
      expect(api.withdrawInitiativeExemption).toHaveBeenCalledWith(
        'i1',
        'component:default/old',
      ),
    );
    await user.click(screen.getByRole('button', { name: 'Mark as done' }));
    expect(
      await screen.findByText(/Permission ownership.initiative.manage/),
    ).toBeInTheDocument();

    const teams = screen.getByRole('table', { name: 'Who is behind' });
    await user.click(within(teams).getByRole('button', { name: 'Payments' }));
    expect(addressQuery().get('team')).toBe('group:default/payments');
  });
});

describe('burnUpPoints', () => {
  it('draws the ideal line to the due date and stops the other today', () => {
    expect(
      burnUpPoints(initiative).map(({ at, values }) => [
        at.slice(0, 10),
        values.met,
        values.ideal && Math.round(values.ideal),
      ]),
    ).toEqual([
      ['2026-11-01', undefined, 10],
      ['2026-11-01', 10, 12],
      ['2026-11-05', 17, 24],
      ['2026-11-11', undefined, 42],
    ]);
  });
});

describe('requestOf', () => {
  it('waits for what is left to fill in, and keeps an hour that was not touched', () => {
    const form = {
      ...emptyForm(),
      title: 'Runbooks',
      goalKind: 'rules' as const,
      ruleIds: ['runbook-missing'],
      ownerRef: 'group:default/payments',
      startsOn: '2026-11-01',
      dueOn: '2026-11-11',
    };
    expect(requestOf({ ...form, ruleIds: [] })).toBeUndefined();
    expect(requestOf({ ...form, ownerRef: undefined })).toBeUndefined();
    expect(requestOf({ ...form, dueOn: '2026-11-01' })).toBeUndefined();
    expect(requestOf({ ...form, title: ' a ' })).toBeUndefined();
    expect(requestOf(form)).toMatchObject({
      scope: {},
      startsAt: '2026-11-01T00:00:00.000Z',
      dueAt: '2026-11-11T23:59:59.999Z',
    });
    expect(requestOf(form, initiative)).toMatchObject({
      startsAt: initiative.startsAt,
      dueAt: initiative.dueAt,
    });
  });
});
