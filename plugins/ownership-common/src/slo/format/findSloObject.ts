import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { isOpenSloObject, isSloEntity } from './isSloEntity';

/**
 * Finds what an SLO or a contract refers to: by name, by `namespace/name` or by
 * entity ref, without regard to case.
 *
 * @param options - `kind`: of OpenSLO; SLO stands for those of Sloth and Pyrra
 *   too. `namespace`: where a bare name is looked for first; it may be in any
 *
 * @public
 */
export function findSloObject(options: {
  entities: readonly Entity[];
  kind: string;
  name: string;
  namespace?: string;
}): Entity | undefined {
  const { entities, kind, namespace = 'default' } = options;
  const wanted = options.name.toLocaleLowerCase('en-US');
  const candidates = entities.filter(
    entity =>
      (kind === 'SLO' ? isSloEntity(entity) : isOpenSloObject(entity, kind)) &&
      (entity.metadata.name.toLocaleLowerCase('en-US') === wanted ||
        [
          stringifyEntityRef(entity),
          stringifyEntityRef(entity).split(':')[1],
        ].includes(wanted)),
  );
  return (
    candidates.find(
      entity => (entity.metadata.namespace ?? 'default') === namespace,
    ) ?? candidates[0]
  );
}
