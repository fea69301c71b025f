import { InputError, NotAllowedError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  normalizeRef,
  ownershipAttestPermission,
  ownershipFindingWaivePermission,
  ownershipReadPermission,
  type EntityOwnership,
  type entityRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { whereIn, whereVisible } from '../api/whereVisible';
import type { AuthorizedFindingService } from '../drift/findings/AuthorizedFindingService';
import type { EntityService } from './EntityService';
import { listEntities } from './listEntities';
import { summarise } from './summarise';

/**
 * Answers the calls about single components.
 */
export function entityHandlers(options: {
  knex: Knex;
  entities: EntityService;
  findings: AuthorizedFindingService;
  visibility: Visibility;
  /** The scorecard whose level lists show. */
  scorecardId?: string;
}): Handlers<typeof entityRoutes> {
  const { knex, entities, findings, visibility, scorecardId } = options;
  return {
    async getEntity({ params, credentials }) {
      const entityRef = readRef(params);
      const may = await requireVisible({ visibility, entityRef, credentials });
      const entity = await entities.entity({ entityRef, may, credentials });
      return {
        ...entity,
        findings: await findings.withMay({
          findings: entity.findings,
          granted: may.waive,
          credentials,
        }),
      };
    },

    async getEntitiesByRefs({ body, credentials }) {
      const refs = body.entityRefs
        .map(ref => normalizeRef(ref))
        .filter(ref => ref !== undefined);
      const visible = await visibility.visibleRefs(credentials);
      const query = knex('components')
        .select('entity_ref', 'title', 'kind', 'tier', 'lifecycle', 'state')
        .orderBy('entity_ref');
      whereIn(query, 'entity_ref', [...new Set(refs)]);
      whereVisible(query, 'entity_ref', visible);
      return {
        items: await summarise(knex, { rows: await query, scorecardId }),
      };
    },

    async listEntities({ query, credentials }) {
      return listEntities(knex, {
        query,
        visible: await visibility.visibleRefs(credentials),
        scorecardId,
      });
    },

    async attest({ params, body, credentials, caller }) {
      const entityRef = readRef(params);
      await visibility.requireOnEntity(
        ownershipAttestPermission,
        entityRef,
        credentials,
      );
      return entities.attest({ entityRef, by: caller, comment: body.comment });
    },
  };
}

/**
 * The canonical ref of the entity a path names.
 *
 * @throws InputError where it is none
 */
export function readRef(params: Record<string, string>): string {
  const written = `${params.kind}:${params.namespace}/${params.name}`;
  const ref = normalizeRef(written);
  if (!ref) {
    throw new InputError(
      `"${written}" is not an entity ref; expected kind, namespace and name`,
    );
  }
  return ref;
}

/**
 * What the caller may do on an entity.
 *
 * @throws NotAllowedError where the caller may not even see it; it does not
 * tell whether it exists
 */
export async function requireVisible(options: {
  visibility: Visibility;
  entityRef: string;
  credentials: BackstageCredentials;
}): Promise<EntityOwnership['may']> {
  const { visibility, entityRef, credentials } = options;
  const granted = await visibility.onEntity(
    [
      ownershipReadPermission,
      ownershipFindingWaivePermission,
      ownershipAttestPermission,
    ],
    entityRef,
    credentials,
  );
  if (!granted[ownershipReadPermission.name]) {
    throw new NotAllowedError(
      `You may not see the ownership of ${entityRef}, or there is no such entity`,
    );
  }
  return {
    waive: granted[ownershipFindingWaivePermission.name],
    attest: granted[ownershipAttestPermission.name],
  };
}
