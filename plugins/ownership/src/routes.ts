import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/**
 * Where the ownership pages are mounted.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'ownership' });

/**
 * The ownership pages as the entity cards see them. Optional: a portal may
 * have the cards without the pages, then the cards show no links to them.
 *
 * @internal
 */
export const pagesRouteRef = createExternalRouteRef({
  id: 'pages',
  optional: true,
  defaultTarget: 'ownership.root',
});
