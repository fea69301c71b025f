import {
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  contractSourcesOf,
  effectiveContract,
  resolveContractState,
  starterContract,
  toRunbooks,
  uncoveredAreas,
  type EntityOwnership,
  type Owner,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { EntityContext } from './toEntityOwnership';

/**
 * What can be said of an entity that no scan has looked at: what the catalog
 * says, and no verdict. `undefined` where there is no such entity.
 */
export async function unscannedEntity(options: {
  catalog: CatalogService;
  entityRef: string;
  credentials: BackstageCredentials;
  may: EntityOwnership['may'];
  context: EntityContext;
}): Promise<EntityOwnership | undefined> {
  const { catalog, entityRef, credentials, may, context } = options;
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    return undefined;
  }
  const state = resolveContractState({ sources: contractSourcesOf(entity) });
  const contract = effectiveContract({
    entity,
    state,
    now: context.now,
    requirements: context.requirements,
  });
  const requirements = context.requirements(contract.tier);
  const owners = await ownersOf(options, entity);
  return {
    entityRef,
    title: entity.metadata.title,
    state: 'unknown',
    stateReason: 'Not checked yet; the next scan will',
    owners,
    contract,
    contractStatus: state.status,
    contractProblems: [...state.errors, ...state.warnings],
    findings: [],
    slos: [],
    runbooks: toRunbooks({
      effective: contract,
      now: context.now,
      staleAfterDays: requirements.runbookStaleAfterDays,
      appBaseUrl: context.appBaseUrl,
      entity,
    }),
    uncoveredAreas: uncoveredAreas({ contract, requirements }),
    scorecards: [],
    starterContract:
      state.status === 'missing'
        ? starterContract({
            entity,
            ownerRef: owners.find(owner => owner.resolves)?.ref,
            tier: contract.tier,
          })
        : undefined,
    titles: Object.fromEntries(owners.map(owner => [owner.ref, owner.title])),
    may,
  };
}

async function ownersOf(
  options: { catalog: CatalogService; credentials: BackstageCredentials },
  entity: Entity,
): Promise<Owner[]> {
  const refs = (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => relation.targetRef);
  if (refs.length === 0) {
    return [];
  }
  const { items } = await options.catalog.getEntitiesByRefs(
    {
      entityRefs: refs,
      fields: ['kind', 'metadata', 'spec.profile', 'relations'],
    },
    { credentials: options.credentials },
  );
  return refs.map((ref, index) => {
    const owner = items[index];
    const profile = owner?.spec?.profile as
      | { displayName?: unknown }
      | undefined;
    const name =
      typeof profile?.displayName === 'string'
        ? profile.displayName
        : owner?.metadata.title ?? parseEntityRef(ref).name;
    return {
      ref: owner ? stringifyEntityRef(owner) : ref,
      title: name,
      resolves: owner !== undefined,
      memberCount: (owner?.relations ?? []).filter(
        relation => relation.type === RELATION_HAS_MEMBER,
      ).length,
    };
  });
}
