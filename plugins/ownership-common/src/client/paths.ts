import { parseEntityRef } from '@backstage/catalog-model';

/** Calls about one entity begin with it. @throws where it is no entity ref */
export function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/entities/${[kind, namespace, name]
    .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
    .join('/')}`;
}

/** Calls about one SLO begin with it. @throws where it is of no entity ref */
export function sloPath(entityRef: string, slo: string): string {
  return `${entityPath(entityRef).replace(
    '/entities/',
    '/slos/',
  )}/${encodeURIComponent(slo)}`;
}

/** Calls about one finding begin with it. */
export function findingPath(id: string): string {
  return `/drift/findings/${encodeURIComponent(id)}`;
}

/** Calls about one handover begin with it. */
export function handoverPath(id: string): string {
  return `/handovers/${encodeURIComponent(id)}`;
}

/** Calls about one initiative begin with it. */
export function initiativePath(id: string): string {
  return `/initiatives/${encodeURIComponent(id)}`;
}

/** Calls about one scorecard begin with it. */
export function scorecardPath(id: string): string {
  return `/scorecards/${encodeURIComponent(id)}`;
}
