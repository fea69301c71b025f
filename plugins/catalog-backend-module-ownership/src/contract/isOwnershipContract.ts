import type { Entity } from '@backstage/catalog-model';

/** True for an entity of kind OwnershipContract, whatever its body says. */
export function isOwnershipContract(entity: Entity): boolean {
  return (
    entity.apiVersion === 'service-ownership.io/v1alpha1' &&
    entity.kind === 'OwnershipContract'
  );
}
