import type { Entity } from '@backstage/catalog-model';

/** True for an OpenSLO v1 SLO as a catalog entity, whatever its body says. */
export function isSlo(entity: Entity): boolean {
  return entity.apiVersion === 'openslo/v1' && entity.kind === 'SLO';
}
