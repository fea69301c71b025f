import { identityApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { OwnershipApi } from '@service-ownership/backstage-plugin-ownership-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockOwnershipApi } from '../pages/__testUtils__/mockOwnershipApi';
import { pagesRouteRef } from '../routes';
import { MyTeams } from './MyTeams';

const noStates = { owned: 0, 'at-risk': 0, orphaned: 0, unknown: 0 };

async function render(options: {
  teams: string[];
  listBriefs?: OwnershipApi['listBriefs'];
}) {
  const api = mockOwnershipApi({ listBriefs: options.listBriefs });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [ownershipApiRef, api],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/mara',
            ownershipEntityRefs: ['user:default/mara', ...options.teams],
          }),
        ],
      ]}
    >
      <MyTeams />
    </TestApiProvider>,
    { mountedRoutes: { '/ownership': pagesRouteRef } },
  );
  return api;
}

describe('MyTeams', () => {
  it('tells of each team its level, its worst finding and the budget nearest to its end', async () => {
    const api = await render({
      teams: ['group:default/payments', 'group:default/harbour'],
      listBriefs: async () => ({
        items: [
          {
            ref: 'group:default/payments',
            title: 'Payments',
            components: 7,
            byState: { ...noStates, owned: 6, 'at-risk': 1 },
            openFindings: 4,
            level: 'Beginner',
            worstFinding: {
              id: 'slo-missing~component:default/cart',
              entityRef: 'component:default/cart',
              entityTitle: 'Cart',
              severity: 'high',
              message: 'No SLO says how well it has to work.',
            },
            worstSlo: {
              entityRef: 'component:default/cart',
              entityTitle: 'Cart',
              slo: 'latency',
              state: 'at-risk',
              remaining: 0.12,
            },
            reviewsDue: 0,
          },
          {
            ref: 'group:default/harbour',
            title: 'Harbour',
            components: 1,
            byState: { ...noStates, owned: 1 },
            openFindings: 0,
            worstSlo: {
              entityRef: 'component:default/gate',
              slo: 'availability',
              state: 'breached',
              remaining: -0.3,
            },
            reviewsDue: 0,
          },
        ],
      }),
    });

    const [payments, harbour] = within(
      await screen.findByRole('list', { name: 'My teams' }),
    ).getAllByRole('listitem');
    expect(api.listBriefs).toHaveBeenCalledWith({
      kind: 'team',
      ref: ['group:default/payments', 'group:default/harbour'],
    });
    expect(payments).toHaveTextContent(/Payments7 components · Beginner/);
    expect(payments).toHaveTextContent('and 3 more');
    expect(
      within(payments).getByRole('link', {
        name: 'Cart: No SLO says how well it has to work.',
      }),
    ).toHaveAttribute(
      'href',
      '/ownership/drift?team=group%3Adefault%2Fpayments&finding=slo-missing~component%3Adefault%2Fcart',
    );
    expect(
      within(payments).getByRole('link', {
        name: 'Cart, latency: 12\u00a0% of the error budget left',
      }),
    ).toHaveAttribute('href', '/ownership/slos/component/default/cart/latency');
    expect(harbour).toHaveTextContent(/1 component · no level yet/);
    expect(harbour).toHaveTextContent('No open finding');
    expect(harbour).toHaveTextContent('the error budget is used up');
  });

  it('asks nothing for somebody on no team', async () => {
    const api = await render({ teams: [] });

    expect(
      await screen.findByText('You are not on a team yet'),
    ).toBeInTheDocument();
    expect(api.listBriefs).not.toHaveBeenCalled();
  });

  it('shows five teams and says how many more there are', async () => {
    await render({
      teams: Array.from({ length: 7 }, (_, i) => `group:default/t${i}`),
      listBriefs: async ({ ref }) => ({
        items: ref.map(team => ({
          ref: team,
          title: team,
          components: 0,
          byState: noStates,
          openFindings: 0,
          reviewsDue: 0,
        })),
      }),
    });

    expect(await screen.findAllByRole('listitem')).toHaveLength(5);
    expect(screen.getByText('You are on 2 more teams.')).toBeInTheDocument();
  });

  it('says why it could not be loaded and tries again', async () => {
    let away = true;
    await render({
      teams: ['group:default/payments'],
      listBriefs: async () => {
        if (away) {
          throw new Error('The backend is away');
        }
        return { items: [] };
      },
    });

    expect(await screen.findByText(/The backend is away/)).toBeInTheDocument();
    away = false;
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(
      await screen.findByText('You are not on a team yet'),
    ).toBeInTheDocument();
  });
});
