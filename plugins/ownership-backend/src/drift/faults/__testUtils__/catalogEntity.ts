import type { Entity } from '@backstage/catalog-model';

export type Spec = NonNullable<Entity['spec']>;

/** An entity as the catalog gives it, with its `ownedBy` relation. */
export function catalogEntity(
  kind: string,
  name: string,
  spec: Spec,
  metadata: Partial<Entity['metadata']> = {},
): Entity {
  const { owner } = spec;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec,
    relations:
      typeof owner === 'string'
        ? [{ type: 'ownedBy', targetRef: `group:default/${owner}` }]
        : [],
  };
}
