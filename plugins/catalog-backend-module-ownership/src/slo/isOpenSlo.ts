import type { Entity } from '@backstage/catalog-model';

const API_VERSION = /^openslo(\.com)?\/(v1|v2alpha1?)$/;

const KINDS = new Set([
  'SLO',
  'SLI',
  'Service',
  'DataSource',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
]);

/**
 * True for an OpenSLO object as a catalog entity, whatever its body says. All
 * kinds of it: an SLO refers to others, and the catalog refuses a whole file
 * for one document in it that nobody recognises.
 */
export function isOpenSlo(entity: Entity): boolean {
  return API_VERSION.test(entity.apiVersion) && KINDS.has(entity.kind);
}
