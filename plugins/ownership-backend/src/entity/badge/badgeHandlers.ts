import type { badgeRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../../api/mountRoutes';
import type { Visibility } from '../../api/Visibility';
import { readRef, requireVisible } from '../entityHandlers';
import type { BadgeService } from './BadgeService';

/**
 * Answers the calls about badges.
 */
export function badgeHandlers(options: {
  badges: BadgeService;
  visibility: Visibility;
}): Handlers<typeof badgeRoutes> {
  const { badges, visibility } = options;
  return {
    async listBadges({ params, credentials }) {
      const entityRef = readRef(params);
      await requireVisible({ visibility, entityRef, credentials });
      return { items: await badges.list(entityRef) };
    },

    async getBadge({ params, response }) {
      const entityRef = readRef(params);
      const { key, metric } = params;
      const svg = await badges.draw({ key, metric, entityRef });
      response.setHeader('Content-Type', 'image/svg+xml; charset=utf-8');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      );
      // Proxies of code hosts keep pictures for as long as they are told to.
      response.setHeader('Cache-Control', 'public, max-age=300');
      response.send(svg);
    },
  };
}
