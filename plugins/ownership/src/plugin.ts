import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import {
  createCardExtension,
  type CardExtensionProps,
} from '@backstage/plugin-home-react';
import type { JSX } from 'react';
import { ownershipApiFactory } from './apis/ownershipApiFactory';
import { homeMessages } from './home/messages';
import { pagesRouteRef, rootRouteRef } from './routes';

/**
 * The ownership plugin for portals on the classic frontend system.
 *
 * @public
 */
export const ownershipPlugin = createPlugin({
  id: 'ownership',
  apis: [ownershipApiFactory],
  routes: { root: rootRouteRef },
  externalRoutes: { pages: pagesRouteRef },
});

/**
 * The pages: overview, drift, SLOs, scorecards. Mount them at `/ownership`.
 *
 * @public
 */
export const OwnershipPage: () => JSX.Element = ownershipPlugin.provide(
  createRoutableExtension({
    name: 'OwnershipPage',
    component: () => import('./pages/OwnershipPage').then(m => m.OwnershipPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * Who answers for the entity: team, captain, on call, contacts, escalation.
 *
 * @public
 */
export const EntityOwnershipCard: () => JSX.Element = ownershipPlugin.provide(
  createComponentExtension({
    name: 'EntityOwnershipCard',
    component: {
      lazy: () => import('./entity/entityCards').then(m => m.OwnershipCard),
    },
  }),
);

/**
 * The SLOs of the entity and how much error budget is left.
 *
 * @public
 */
export const EntityErrorBudgetCard: () => JSX.Element = ownershipPlugin.provide(
  createComponentExtension({
    name: 'EntityErrorBudgetCard',
    component: {
      lazy: () => import('./entity/entityCards').then(m => m.ErrorBudgetCard),
    },
  }),
);

/**
 * The runbooks of the entity, and what none of them covers.
 *
 * @public
 */
export const EntityRunbooksCard: () => JSX.Element = ownershipPlugin.provide(
  createComponentExtension({
    name: 'EntityRunbooksCard',
    component: {
      lazy: () => import('./entity/entityCards').then(m => m.RunbooksCard),
    },
  }),
);

/**
 * What is declared for the entity but not real, worst first.
 *
 * @public
 */
export const EntityDriftCard: () => JSX.Element = ownershipPlugin.provide(
  createComponentExtension({
    name: 'EntityDriftCard',
    component: {
      lazy: () => import('./entity/entityCards').then(m => m.DriftCard),
    },
  }),
);

/**
 * Where the entity stands on the ladder of ownership maturity.
 *
 * @public
 */
export const EntityScorecardCard: () => JSX.Element = ownershipPlugin.provide(
  createComponentExtension({
    name: 'EntityScorecardCard',
    component: {
      lazy: () => import('./entity/entityCards').then(m => m.ScorecardCard),
    },
  }),
);

/**
 * The whole ownership contract as a readable document; the content of an
 * entity page's tab. Mount it at `/ownership` of the entity page.
 *
 * @public
 */
export const EntityOwnershipContent: () => JSX.Element =
  ownershipPlugin.provide(
    createComponentExtension({
      name: 'EntityOwnershipContent',
      component: {
        lazy: () =>
          import('./contract/OwnershipContent').then(m => m.OwnershipContent),
      },
    }),
  );

/**
 * What a group owns, with the groups below it: state, score, findings.
 *
 * @public
 */
export const GroupOwnershipCard: () => JSX.Element = ownershipPlugin.provide(
  createComponentExtension({
    name: 'GroupOwnershipCard',
    component: {
      lazy: () =>
        import('./directory/GroupOwnershipCard').then(
          m => m.GroupOwnershipCard,
        ),
    },
  }),
);

/**
 * What is in a system or a domain and how it is owned: figures, then the
 * components, worst first.
 *
 * @public
 */
export const EntityScopeOwnershipCard: () => JSX.Element =
  ownershipPlugin.provide(
    createComponentExtension({
      name: 'EntityScopeOwnershipCard',
      component: {
        lazy: () =>
          import('./directory/ScopeOwnershipCard').then(
            m => m.ScopeOwnershipCard,
          ),
      },
    }),
  );

/**
 * A widget for the home page: what matters today to the reader's teams.
 *
 * @public
 */
export const HomePageMyTeams: (
  props: CardExtensionProps<unknown>,
) => JSX.Element = ownershipPlugin.provide(
  createCardExtension({
    name: 'HomePageMyTeams',
    title: homeMessages.title,
    description: homeMessages.description,
    components: () =>
      import('./home/MyTeams').then(m => ({ Content: m.MyTeams })),
  }),
);
