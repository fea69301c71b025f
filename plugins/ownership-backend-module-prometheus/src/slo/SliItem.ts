import type { SliRequest } from '@service-ownership/backstage-plugin-ownership-node';
import type { SliParts } from './sliParts';

/** A request with what is asked for it. */
export interface SliItem {
  request: SliRequest;
  parts: SliParts;
}

/** Names the SLO of a request. */
export function sloKey({ entityRef, definition }: SliRequest): string {
  return `${entityRef} ${definition.name}`;
}
