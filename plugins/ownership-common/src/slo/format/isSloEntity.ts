import type { Entity } from '@backstage/catalog-model';

/**
 * Kinds of catalog entities that hold SLOs: of OpenSLO, of Sloth and of Pyrra.
 *
 * @public
 */
export const SLO_ENTITY_KINDS = [
  'SLO',
  'PrometheusServiceLevel',
  'ServiceLevelObjective',
] as const;

/**
 * True for a catalog entity that holds SLOs, whatever its body says: an SLO of
 * OpenSLO, a PrometheusServiceLevel of Sloth or a ServiceLevelObjective of
 * Pyrra. False for a kind of that name in another API group.
 *
 * @public
 */
export function isSloEntity(
  entity: Pick<Entity, 'apiVersion' | 'kind'>,
): boolean {
  return isOpenSloObject(entity, 'SLO') || isSloResource(entity);
}

/**
 * True for an object of OpenSLO of that kind, in whatever version: those of
 * drafts are told apart where they are read.
 *
 * @internal
 */
export function isOpenSloObject(
  entity: Pick<Entity, 'apiVersion' | 'kind'>,
  kind: string,
): boolean {
  return (
    entity.kind === kind &&
    /^(openslo|openslo\.com|n9)\//.test(entity.apiVersion)
  );
}

/**
 * True for a resource of Kubernetes that holds SLOs. The namespace it is in is
 * one of a cluster, not of the catalog.
 *
 * @internal
 */
export function isSloResource(
  entity: Pick<Entity, 'apiVersion' | 'kind'>,
): boolean {
  const { apiVersion, kind } = entity;
  return (
    (kind === 'PrometheusServiceLevel' &&
      /^sloth\.slok\.dev\//.test(apiVersion)) ||
    (kind === 'ServiceLevelObjective' && /^pyrra\.dev\//.test(apiVersion))
  );
}
