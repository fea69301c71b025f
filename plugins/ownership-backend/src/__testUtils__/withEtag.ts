import { hash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';

/** The entity with the mark a catalog gives it: another one for any other content. */
export function withEtag(entity: Entity): Entity {
  const { etag: _etag, ...metadata } = entity.metadata;
  const etag = hash('sha1', JSON.stringify({ ...entity, metadata }));
  return { ...entity, metadata: { ...metadata, etag } };
}
