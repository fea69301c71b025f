import {
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogProcessorEmit } from '@backstage/plugin-catalog-node';
import {
  contractSourcesOf,
  contractSubjectsOf,
  RELATION_CAPTAIN_OF,
  RELATION_HAS_CAPTAIN,
  RELATION_HAS_OWNERSHIP_CONTRACT,
  RELATION_OWNERSHIP_CONTRACT_OF,
  resolveContractState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { isOwnershipContract } from './isOwnershipContract';
import { relate } from './relate';

/**
 * Relates a component with its captain, and an OwnershipContract entity with
 * its owner and the components it speaks for. A contract with errors names no
 * captain.
 */
export function emitContractRelations(options: {
  entity: Entity;
  emit: CatalogProcessorEmit;
}): void {
  const { entity, emit } = options;
  const separate = isOwnershipContract(entity);
  const subjects = separate
    ? contractSubjectsOf(entity).subjects
    : [stringifyEntityRef(entity)];

  if (separate) {
    emitOwner({ entity, emit });
    for (const target of subjects) {
      relate({
        source: entity,
        target,
        type: RELATION_OWNERSHIP_CONTRACT_OF,
        opposite: RELATION_HAS_OWNERSHIP_CONTRACT,
        emit,
      });
    }
  }
  const { contract } = resolveContractState({
    sources: contractSourcesOf(entity),
  });
  if (contract?.captain) {
    for (const source of subjects) {
      relate({
        source,
        target: contract.captain,
        type: RELATION_HAS_CAPTAIN,
        opposite: RELATION_CAPTAIN_OF,
        emit,
      });
    }
  }
}

function emitOwner(options: {
  entity: Entity;
  emit: CatalogProcessorEmit;
}): void {
  const { entity, emit } = options;
  const owner = entity.spec?.owner;
  if (typeof owner !== 'string') {
    return;
  }
  let target: string;
  try {
    target = stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace,
      }),
    );
  } catch {
    return;
  }
  relate({
    source: entity,
    target,
    type: RELATION_OWNED_BY,
    opposite: RELATION_OWNER_OF,
    emit,
  });
}
