import type { Entity } from '@backstage/catalog-model';
import { normalizeRef } from './normalizeRef';

/**
 * The canonical ref of an entity, or `undefined` for an object that has no
 * usable kind and name and so cannot have come out of a catalog.
 *
 * @public
 */
export function entityRefOf(entity: Entity): string | undefined {
  const { kind, metadata } = (entity ?? {}) as Partial<Entity>;
  const namespace = metadata?.namespace;
  return typeof kind === 'string' && typeof metadata?.name === 'string'
    ? normalizeRef(`${kind}:${namespace || 'default'}/${metadata.name}`)
    : undefined;
}
