import type { Entity } from '@backstage/catalog-model';

/**
 * The kinds the catalog brings itself, as it writes them.
 *
 * @internal
 */
export const coreKinds = [
  'API',
  'Component',
  'Domain',
  'Group',
  'Location',
  'Resource',
  'System',
  'User',
];

/**
 * Versions under which the catalog knows them.
 *
 * @internal
 */
export const coreApiVersions = [
  'backstage.io/v1alpha1',
  'backstage.io/v1beta1',
];

/**
 * Whether an entity is of a kind that the catalog checks, and reads relations of.
 *
 * @internal
 */
export function isOfCore({ apiVersion, kind }: Entity): boolean {
  return coreApiVersions.includes(apiVersion) && coreKinds.includes(kind);
}
