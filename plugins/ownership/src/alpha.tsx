import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiShieldUserLine } from '@remixicon/react';
import { ownershipApiFactory } from './apis/ownershipApiFactory';
import { homeMessages } from './home/messages';
import { pagesRouteRef, rootRouteRef } from './routes';

// What ownership is asked of unless an app's configuration says otherwise.
const owned = { kind: { $in: ['component', 'system', 'api', 'resource'] } };

const ownershipApi = ApiBlueprint.make({
  params: define => define(ownershipApiFactory),
});

const ownershipCard = EntityCardBlueprint.make({
  name: 'ownership',
  params: {
    type: 'info',
    filter: owned,
    loader: () => import('./entity/entityCards').then(m => <m.OwnershipCard />),
  },
});

const errorBudgetCard = EntityCardBlueprint.make({
  name: 'error-budget',
  params: {
    filter: owned,
    loader: () =>
      import('./entity/entityCards').then(m => <m.ErrorBudgetCard />),
  },
});

const driftCard = EntityCardBlueprint.make({
  name: 'drift',
  params: {
    filter: owned,
    loader: () => import('./entity/entityCards').then(m => <m.DriftCard />),
  },
});

const runbooksCard = EntityCardBlueprint.make({
  name: 'runbooks',
  params: {
    filter: owned,
    loader: () => import('./entity/entityCards').then(m => <m.RunbooksCard />),
  },
});

const scorecardCard = EntityCardBlueprint.make({
  name: 'scorecard',
  params: {
    filter: owned,
    loader: () => import('./entity/entityCards').then(m => <m.ScorecardCard />),
  },
});

const groupCard = EntityCardBlueprint.make({
  name: 'group',
  params: {
    filter: { kind: 'group' },
    loader: () =>
      import('./directory/GroupOwnershipCard').then(m => (
        <m.GroupOwnershipCard />
      )),
  },
});

const scopeCard = EntityCardBlueprint.make({
  name: 'scope',
  params: {
    filter: { kind: { $in: ['system', 'domain'] } },
    loader: () =>
      import('./directory/ScopeOwnershipCard').then(m => (
        <m.ScopeOwnershipCard />
      )),
  },
});

const myTeamsWidget = HomePageWidgetBlueprint.make({
  name: 'my-teams',
  params: {
    // By this name a home page's configuration puts it somewhere.
    name: 'OwnershipMyTeams',
    title: homeMessages.title,
    description: homeMessages.description,
    components: () =>
      import('./home/MyTeams').then(m => ({ Content: m.MyTeams })),
    layout: {
      width: { minColumns: 3, defaultColumns: 6 },
      height: { minRows: 3, defaultRows: 5 },
    },
  },
});

const ownershipContent = EntityContentBlueprint.make({
  name: 'ownership',
  params: {
    path: '/ownership',
    title: 'Ownership',
    filter: owned,
    loader: () =>
      import('./contract/OwnershipContent').then(m => <m.OwnershipContent />),
  },
});

const ownershipPage = PageBlueprint.make({
  params: {
    path: '/ownership',
    title: 'Ownership',
    icon: <RiShieldUserLine />,
    routeRef: rootRouteRef,
    // The page has a header of its own, the same in both frontend systems.
    noHeader: true,
    loader: () =>
      import('./pages/OwnershipPage').then(m => <m.OwnershipPage />),
  },
});

/**
 * The ownership plugin for portals on the new frontend system.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'ownership',
  title: 'Ownership',
  icon: <RiShieldUserLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  externalRoutes: { pages: pagesRouteRef },
  extensions: [
    ownershipApi,
    ownershipCard,
    errorBudgetCard,
    driftCard,
    runbooksCard,
    scorecardCard,
    groupCard,
    scopeCard,
    myTeamsWidget,
    ownershipContent,
    ownershipPage,
  ],
});
