import {
  parseContract,
  type contractRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { readRef, requireVisible } from '../entity/entityHandlers';
import type { EntityService } from '../entity/EntityService';

/**
 * Answers the calls of contracts.
 */
export function contractHandlers(options: {
  entities: EntityService;
  visibility: Visibility;
}): Handlers<typeof contractRoutes> {
  const { entities, visibility } = options;
  return {
    async getContract({ params, credentials }) {
      const entityRef = readRef(params);
      const may = await requireVisible({ visibility, entityRef, credentials });
      const entity = await entities.entity({ entityRef, may, credentials });
      return entity.contract;
    },

    async validateContract({ body }) {
      const { errors, warnings } = parseContract({ text: body.document });
      return { errors, warnings };
    },
  };
}
