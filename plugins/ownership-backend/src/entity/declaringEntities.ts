import type { Entity } from '@backstage/catalog-model';
import { CONTRACT_FILE_ANNOTATION } from '@service-ownership/backstage-plugin-ownership-common';
import type { ComponentDocument } from '../drift/ComponentDocument';

/**
 * The entities a relative path of a contract may start from: the component,
 * and the OwnershipContract entity where the contract is one. Of the latter
 * only the file is known, and only where the contract was read from a file.
 */
export function declaringEntities(
  document: Pick<
    ComponentDocument,
    'entity' | 'contract' | 'contractSources' | 'contractStatus'
  >,
): { entity: Entity; contractEntity?: Entity } {
  const entity = document.entity as Entity;
  const [source] = document.contractSources;
  if (document.contractStatus !== 'valid' || source?.form !== 'entity') {
    return { entity };
  }
  const file = document.contract.provenance.runbooks?.location;
  return {
    entity,
    contractEntity: {
      apiVersion: 'service-ownership.io/v1alpha1',
      kind: 'OwnershipContract',
      metadata: {
        name: source.entityRef.slice(source.entityRef.indexOf('/') + 1),
        annotations: /^(?:url|file):/.test(file ?? '')
          ? { [CONTRACT_FILE_ANNOTATION]: file! }
          : {},
      },
    },
  };
}
