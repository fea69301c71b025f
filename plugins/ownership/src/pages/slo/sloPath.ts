import { parseEntityRef } from '@backstage/catalog-model';

/**
 * Where the page of one SLO is, counted from the root of the pages.
 *
 * @internal
 */
export function sloPath(options: { entityRef: string; slo: string }): string {
  const { kind, namespace, name } = parseEntityRef(options.entityRef);
  return ['slos', kind, namespace, name, options.slo]
    .map(encodeURIComponent)
    .join('/');
}
