import type {
  DirectoryAlias,
  OwnershipApi,
} from '@service-ownership/backstage-plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { completedScan, driftAnswers } from '../../__testUtils__/driftAnswers';
import { mockOwnershipApi } from '../../__testUtils__/mockOwnershipApi';
import { renderPage } from '../../__testUtils__/renderPage';

// A whole page with its lazily loaded parts, on a busy machine.
jest.setTimeout(30_000);

const alias = (
  from: string,
  changes: Partial<DirectoryAlias>,
): DirectoryAlias => ({
  from,
  to: 'group:default/kestrel',
  status: 'in-force',
  source: 'portal',
  components: 0,
  ...changes,
});

const ALIASES = [
  alias('group:default/heron', {
    source: 'configuration',
    status: 'dangling',
  }),
  alias('group:default/kite', { status: 'dangling', components: 2 }),
  alias('group:default/osprey', { components: 4, comment: 'Merged in May' }),
  alias('group:default/owl', { unused: true }),
];

describe('aliases on the drift page', () => {
  it('shows what stands for what, and removes what was made here', async () => {
    const deleteAlias = jest.fn(async () => {});
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({ items: ALIASES }),
      deleteAlias,
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });

    expect(
      await screen.findByText('4 references stand for others'),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText('Without effect: the new one is not in the catalog'),
    ).toHaveLength(2);
    expect(screen.getByText('Set in app-config')).toBeInTheDocument();
    expect(screen.getByText('In force · Merged in May')).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: '4 components still say the old one',
      }),
    ).toHaveAttribute('href', '/ownership/drift?rule=owner-renamed');
    // No finding says that it was renamed, as it has no new name.
    expect(
      screen.getByRole('link', {
        name: '2 components still say the old one',
      }),
    ).toHaveAttribute(
      'href',
      '/ownership/drift?ownerRef=group%3Adefault%2Fkite',
    );
    expect(
      screen.getByText('No component says the old one any more'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove the alias of group:default/osprey',
      }),
    );
    expect(deleteAlias).toHaveBeenCalledWith('group:default/osprey');
    // The scan that the change started is followed.
    await waitFor(() => expect(api.startScan).toHaveBeenCalled());
  });

  it('says who answers now for what a broken reference orphans, and takes that team', async () => {
    const suggestAliases = jest.fn().mockResolvedValue({
      items: [
        {
          ref: 'group:default/payments',
          title: 'Payments',
          components: 3,
          confidence: 0.45,
          reason: 'Falcon belonged to it',
        },
      ],
      orphans: 4,
    });
    const made = alias('group:default/falcon', {
      to: 'group:default/payments',
      components: 7,
    });
    const putAlias = jest.fn(async () => made);
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({
        items: putAlias.mock.calls.length > 0 ? [made] : [],
      }),
      suggestAliases,
      putAlias,
      startScan: async () => ({ ...completedScan, id: 's', state: 'running' }),
      getScan: async () => ({ ...completedScan, id: 's' }),
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Point to another team/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(
        'Suggested for 3 of its 4 orphans, 45 % sure over all. Falcon belonged to it',
      ),
    ).toBeInTheDocument();
    expect(suggestAliases).toHaveBeenCalledWith('group:default/falcon');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Choose Payments' }),
    );
    expect(
      within(dialog).getByRole('button', { name: /Team that answers now/ }),
    ).toHaveTextContent('Payments');
    // It stays where the keyboard is.
    expect(
      within(dialog).getByRole('button', { name: 'Chosen: Payments' }),
    ).toHaveFocus();
    await userEvent.click(
      within(dialog).getByRole('button', { name: /^Heal/ }),
    );
    await waitFor(() =>
      expect(putAlias).toHaveBeenCalledWith(
        expect.objectContaining({ to: 'group:default/payments' }),
      ),
    );
    // What names it is known at once, that it is healed when the scan has ended.
    expect(
      await screen.findByText(/A scan heals the components/),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        /^Done: 7 components that name .+ belong to Payments now\./,
        {},
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'nobody is suggested',
      async () => ({ items: [], orphans: 2 }),
      'Nothing in the catalog tells who it could be. Choose the team yourself.',
    ],
    [
      'suggestions cannot be had',
      async () => {
        throw new Error('Try again later');
      },
      'Who it could be cannot be told: Try again later',
    ],
  ])(
    'lets choose a team also where %s',
    async (_case, suggestAliases, words) => {
      const api = mockOwnershipApi({
        ...driftAnswers(),
        listAliases: async () => ({ items: [] }),
        suggestAliases,
      });
      await renderPage({ api, path: '/drift?groupBy=ownerRef' });
      await userEvent.click(
        await screen.findByRole('button', { name: /^Point to another team/ }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(await within(dialog).findByText(words)).toBeInTheDocument();
      expect(
        within(dialog).getByRole('button', { name: /Team that answers now/ }),
      ).toBeEnabled();
    },
  );

  it('says of how many orphans it knows only some', async () => {
    const item = {
      ref: 'group:default/payments',
      title: 'Payments',
      components: 320,
      confidence: 0.45,
      reason: 'Falcon belonged to it',
    };
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({ items: [] }),
      suggestAliases: async () => ({
        items: [item],
        orphans: 500,
        allOrphans: 1234,
      }),
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Point to another team/ }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(
        'Suggested for 320 of the 500 orphans that were looked at, 45 % sure over those. Falcon belonged to it',
      ),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByText(
        'Looked at 500 of its 1,234 orphans; the others may tell otherwise.',
      ),
    ).toBeInTheDocument();
  });

  it('asks again who it could be where that failed', async () => {
    const suggestAliases = jest
      .fn()
      .mockRejectedValueOnce(new Error('Try again later'))
      .mockResolvedValueOnce({ items: [], orphans: 2 });
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({ items: [] }),
      suggestAliases,
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Point to another team/ }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Try again' }),
    );
    expect(
      await within(dialog).findByText(/^Nothing in the catalog tells/),
    ).toBeInTheDocument();
    expect(
      within(dialog).queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('counts all that name it, whatever the list is filtered by, from a finding as well', async () => {
    const answers = driftAnswers();
    const getDriftSummary = jest.fn<
      ReturnType<OwnershipApi['getDriftSummary']>,
      Parameters<OwnershipApi['getDriftSummary']>
    >(async query => {
      const summary = await answers.getDriftSummary!(query);
      return {
        ...summary,
        items: summary.items.map(item => ({
          ...item,
          components: query.severity ? 1 : 40,
        })),
      };
    });
    const api = mockOwnershipApi({
      ...answers,
      getDriftSummary,
      listAliases: async () => ({ items: [] }),
      suggestAliases: async () => ({ items: [], orphans: 40 }),
    });
    await renderPage({
      api,
      path: '/drift?groupBy=ownerRef&severity=critical&finding=1',
    });
    const details = await screen.findByRole('complementary', {
      name: 'Finding',
    });
    await userEvent.click(
      await within(details).findByRole('button', {
        name: 'Point to another team… (group:default/falcon)',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByRole('button', { name: 'Heal 40 components' }),
    ).toBeDisabled();
    expect(
      within(dialog).getByText(/^40 components name this reference/),
    ).toBeInTheDocument();
    expect(getDriftSummary).toHaveBeenCalledWith({
      groupBy: 'ownerRef',
      ownerRef: 'group:default/falcon',
    });
  });

  it('points a broken reference to a team, and keeps the dialog where that fails', async () => {
    const putAlias = jest
      .fn()
      .mockRejectedValueOnce(new Error('It is set in app-config'))
      .mockResolvedValueOnce(alias('group:default/falcon', {}));
    const api = mockOwnershipApi({
      ...driftAnswers(),
      listAliases: async () => ({ items: [] }),
      suggestAliases: async () => ({ items: [], orphans: 2 }),
      putAlias,
    });
    await renderPage({ api, path: '/drift?groupBy=ownerRef' });

    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Point to another team… (group:default/falcon)',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Who answers for group:default/falcon now?',
    });
    const confirm = within(dialog).getByRole('button', { name: /^Heal/ });
    expect(confirm).toBeDisabled();
    await userEvent.click(
      within(dialog).getByRole('button', { name: /Team that answers now/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Payments' }),
    );
    await userEvent.click(confirm);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It is set in app-config',
    );
    await userEvent.click(confirm);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(putAlias).toHaveBeenLastCalledWith({
      from: 'group:default/falcon',
      to: 'group:default/payments',
      comment: undefined,
    });
    expect(api.startScan).toHaveBeenCalled();
  });
});
