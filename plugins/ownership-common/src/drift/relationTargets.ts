import type { Entity } from '@backstage/catalog-model';
import { normalizeRef } from '../directory';
import { plainText } from './plainText';

/**
 * Targets of an entity's relations of one type as canonical refs, each once.
 * A target that cannot be read as a ref is kept as text.
 *
 * @internal
 */
export function relationTargets(entity: Entity, type: string): string[] {
  const relations: unknown = entity.relations;
  let targets: Set<string> | undefined;
  for (const relation of Array.isArray(relations) ? relations : []) {
    if (relation?.type !== type) {
      continue;
    }
    const { targetRef } = relation;
    const target =
      normalizeRef(targetRef) ??
      plainText(targetRef, { max: 300 }).toLocaleLowerCase('en-US');
    if (target) {
      targets ??= new Set();
      targets.add(target);
    }
  }
  // Most entities have relations of few types.
  return targets ? [...targets] : [];
}
