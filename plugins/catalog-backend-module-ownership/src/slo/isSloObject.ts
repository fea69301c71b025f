import type { Entity } from '@backstage/catalog-model';

const OPEN_SLO_KINDS = new Set([
  'SLO',
  'SLI',
  'Service',
  'DataSource',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
]);

/** Who writes SLOs as objects of their own, by version and kind. */
const FORMATS: Array<[apiVersion: RegExp, kinds: ReadonlySet<string>]> = [
  [/^openslo(\.com)?\/(v1|v2alpha1?)$/, OPEN_SLO_KINDS],
  [/^sloth\.slok\.dev\/v1$/, new Set(['PrometheusServiceLevel'])],
  [/^pyrra\.dev\/v1alpha1$/, new Set(['ServiceLevelObjective'])],
];

/**
 * True for an object of OpenSLO, Sloth or Pyrra as a catalog entity, whatever
 * its body says. All kinds of OpenSLO: an SLO refers to others, and the catalog
 * refuses a whole file for one document in it that nobody recognises.
 */
export function isSloObject({ apiVersion, kind }: Entity): boolean {
  return FORMATS.some(
    ([versions, kinds]) => versions.test(apiVersion) && kinds.has(kind),
  );
}
