import {
  CustomErrorBase,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  normalizeRef,
  ownershipAttestPermission,
  ownershipFindingWaivePermission,
  ownershipReadPermission,
  type BulkAttestation,
  type EntityOwnership,
  type entityRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { Call, Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { whereIn, whereVisible } from '../api/whereVisible';
import type { AuthorizedFindingService } from '../drift/findings/AuthorizedFindingService';
import { writtenText } from '../drift/findings/writtenText';
import type { OwnerDecisionService } from '../drift/suggestions/OwnerDecisionService';
import { mayHandOver } from '../handover/HandoverCaller';
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
  owners: OwnerDecisionService;
  visibility: Visibility;
  userInfo: UserInfoService;
  /** The scorecard whose level lists show. */
  scorecardId?: string;
}): Handlers<typeof entityRoutes> {
  const { knex, entities, findings, owners, visibility, scorecardId } = options;
  const { userInfo } = options;

  async function decide(
    call: Pick<
      Call<typeof entityRoutes.acceptOwner>,
      'params' | 'body' | 'credentials' | 'caller' | 'note'
    >,
    decision: 'accepted' | 'rejected',
  ) {
    const { params, body, credentials, caller, note } = call;
    const entityRef = readRef(params);
    note({ owner: body.owner });
    await visibility.requireOnEntity(
      ownershipFindingWaivePermission,
      entityRef,
      credentials,
    );
    const items = await owners.decide({
      entityRef,
      owner: body.owner,
      comment: body.comment,
      decision,
      by: caller,
    });
    return { items };
  }

  return {
    async getEntity({ params, credentials }) {
      const entityRef = readRef(params);
      const may = await requireVisible({ visibility, entityRef, credentials });
      const entity = await entities.entity({ entityRef, may, credentials });
      return {
        ...entity,
        may: {
          ...may,
          // Of what no scan has seen nobody knows yet who gives.
          handOver:
            entity.checkedAt !== undefined &&
            (await mayHandOver({
              owners: entity.owners.map(({ ref }) => ref),
              visibility,
              userInfo,
              credentials,
            })),
        },
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
      return entities.attest({
        entityRef,
        by: caller,
        comment: writtenComment(body.comment),
      });
    },

    async attestAll({ body, credentials, caller, note }) {
      const comment = writtenComment(body.comment);
      const refs = new Map(
        body.entityRefs.map(written => [written, normalizeRef(written)]),
      );
      const { granted } = await visibility.onEntities(
        ownershipAttestPermission,
        [...refs.values()].filter(ref => ref !== undefined),
        credentials,
      );
      const items = [];
      for (const [written, entityRef] of refs) {
        items.push(
          await attestOne({
            entityRef: entityRef ?? written,
            mayAttest: entityRef !== undefined && granted.has(entityRef),
            attest: () =>
              entities.attest({ entityRef: entityRef!, by: caller, comment }),
          }),
        );
      }
      const attested = items.flatMap(({ entityRef, outcome }) =>
        outcome === 'done' ? [entityRef] : [],
      );
      const done = attested.length;
      const failed = items.length - done;
      note({ done, failed, attested });
      return { items, done, failed };
    },

    async getOwnerSuggestions({ params, credentials }) {
      const entityRef = readRef(params);
      await requireVisible({ visibility, entityRef, credentials });
      return { items: await owners.suggestions(entityRef) };
    },

    acceptOwner: call => decide(call, 'accepted'),

    rejectOwner: call => decide(call, 'rejected'),
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
      `"${written.slice(
        0,
        300,
      )}" is not an entity ref; expected kind, namespace and name`,
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

function writtenComment(text: string | undefined): string | undefined {
  return text && writtenText({ text, field: 'comment', min: 0 });
}

/** One of many: what is wrong with it is said, and the others go on. */
async function attestOne(options: {
  entityRef: string;
  mayAttest: boolean;
  attest(): Promise<{ attestedAt: string; dueAt?: string }>;
}): Promise<BulkAttestation['items'][number]> {
  const { entityRef, mayAttest, attest } = options;
  try {
    if (!mayAttest) {
      throw new NotAllowedError(
        `Permission ${ownershipAttestPermission.name} on ${entityRef} is required`,
      );
    }
    const { attestedAt, dueAt } = await attest();
    return { entityRef, outcome: 'done', attestedAt, dueAt };
  } catch (error) {
    if (!(error instanceof CustomErrorBase)) {
      throw error;
    }
    return { entityRef, outcome: 'failed', error: error.message };
  }
}
