import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { isMapping } from './SloReader';

/**
 * The annotation of an SLO entity that names the component it is for, where
 * `spec.service` is not the component's name.
 *
 * @public
 */
export const SLO_SUBJECT_ANNOTATION = 'service-ownership.io/subject';

/**
 * The component an SLO entity is for: the annotation
 * `service-ownership.io/subject`, else `spec.service`, read as an entity ref
 * with kind Component and the SLO's own namespace as defaults. `undefined`
 * for other entities and where it names nothing readable. Lets a caller index
 * SLO entities by component.
 *
 * @public
 */
export function sloSubject(entity: Entity): string | undefined {
  if (entity.kind !== 'SLO') {
    return undefined;
  }
  const written =
    entity.metadata.annotations?.[SLO_SUBJECT_ANNOTATION] ??
    (isMapping(entity.spec)
      ? entity.spec.service ?? entity.spec.serviceRef
      : undefined);
  if (typeof written !== 'string' || !written) {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(written, {
        defaultKind: 'Component',
        defaultNamespace: entity.metadata.namespace ?? 'default',
      }),
    );
  } catch {
    return undefined;
  }
}
