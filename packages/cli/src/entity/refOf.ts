import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';

/**
 * The reference of what has a name that can be one; what was read from a file
 * need not be an entity.
 *
 * @internal
 */
export function refOf(value: Entity): string | undefined {
  const { kind, metadata } = value;
  return typeof kind === 'string' &&
    typeof metadata?.name === 'string' &&
    typeof (metadata.namespace ?? '') === 'string'
    ? stringifyEntityRef(value)
    : undefined;
}
