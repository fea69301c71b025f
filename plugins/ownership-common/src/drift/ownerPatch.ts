import type { Entity } from '@backstage/catalog-model';
import { Document } from 'yaml';
import { plainText } from './plainText';
import { sourceFile } from './sourceFile';

/**
 * The part of a catalog file that has to change to give an entity another
 * owner: YAML with the entity's name, so that it is found among others in the
 * same file, and the new `spec.owner` with the old one beside it.
 *
 * @param options - `owner`: canonical ref of the new owner.
 *
 * @public
 */
export function ownerPatch(options: { entity: Entity; owner: string }): string {
  const { entity, owner } = options;
  const { name, namespace } = entity.metadata;
  const document = new Document({
    apiVersion: entity.apiVersion,
    kind: entity.kind,
    metadata: { name, ...(namespace ? { namespace } : {}) },
    spec: { owner },
  });
  const before = plainText(entity.spec?.owner, { max: 300 });
  const scalar = document.getIn(['spec', 'owner'], true);
  Object.assign(scalar as object, {
    comment: before ? ` before: ${before}` : ' before: none',
  });
  const file = sourceFile(entity);
  if (file) {
    document.commentBefore = ` ${file.name}`;
  }
  return document.toString({ lineWidth: 0 });
}
