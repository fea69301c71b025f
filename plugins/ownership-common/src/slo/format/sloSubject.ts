import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { isSloEntity, isSloResource } from './isSloEntity';
import { isMapping } from './SloReader';

/**
 * The annotation of an SLO entity that names the component it is for, where
 * `spec.service` is not the component's name.
 *
 * @public
 */
export const SLO_SUBJECT_ANNOTATION = 'service-ownership.io/subject';

/**
 * Labels that name the component, in this order. Pyrra hands its own on to the
 * series it records, where they are looked for as well; the last one is how
 * resources of a cluster name their Backstage component.
 */
const subjectLabels = [
  'pyrra.dev/component',
  'pyrra.dev/service',
  'backstage.io/kubernetes-id',
];

/**
 * The component an SLO entity is for: the annotation
 * `service-ownership.io/subject`, else `spec.service` (OpenSLO, Sloth), else
 * one of the labels `pyrra.dev/component`, `pyrra.dev/service` and
 * `backstage.io/kubernetes-id`. Read as an entity ref with kind Component and
 * the SLO's own namespace as defaults; of resources of Sloth and Pyrra, whose
 * namespace is that of a cluster, `default`. `undefined` for other entities and
 * where it names nothing readable. Lets a caller index SLO entities by
 * component.
 *
 * @public
 */
export function sloSubject(entity: Entity): string | undefined {
  if (!isSloEntity(entity)) {
    return undefined;
  }
  const { annotations, labels, namespace = 'default' } = entity.metadata;
  const spec = isMapping(entity.spec) ? entity.spec : {};
  const written = [
    annotations?.[SLO_SUBJECT_ANNOTATION] ?? spec.service ?? spec.serviceRef,
    ...subjectLabels.map(label => labels?.[label]),
  ].find(value => value !== undefined);
  if (typeof written !== 'string' || !written) {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(written, {
        defaultKind: 'Component',
        defaultNamespace: isSloResource(entity) ? 'default' : namespace,
      }),
    );
  } catch {
    return undefined;
  }
}
