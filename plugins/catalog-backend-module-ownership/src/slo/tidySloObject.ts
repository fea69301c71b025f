import type { Entity } from '@backstage/catalog-model';

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY =
  /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** What a cluster adds to a resource; `uid` and `etag` are the catalog's own words. */
const OF_CLUSTER = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'uid',
];

/**
 * OpenSLO and Kubernetes allow more than the catalog does, which would refuse
 * the entity for it: `displayName`, lists as label values, annotations that
 * are no text, a `status` beside the `spec`. The name becomes the title; of the
 * rest stays what the catalog accepts.
 */
export function tidySloObject(entity: Entity): Entity {
  const { apiVersion, kind, spec } = entity;
  const { displayName, title, labels, annotations, ...metadata } =
    entity.metadata as Entity['metadata'] & { displayName?: unknown };
  const shown = title ?? displayName;
  return {
    apiVersion,
    kind,
    metadata: {
      ...Object.fromEntries(
        Object.entries(metadata).filter(([key]) => !OF_CLUSTER.includes(key)),
      ),
      ...(typeof shown === 'string' && shown ? { title: shown } : {}),
      ...(labels ? { labels: accepted(labels, LABEL_VALUE) } : {}),
      ...(annotations ? { annotations: accepted(annotations, /^/) } : {}),
    } as Entity['metadata'],
    ...(spec && { spec }),
  };
}

function accepted(
  entries: Record<string, unknown>,
  pattern: RegExp,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([key, value]) => [key, Array.isArray(value) ? value[0] : value])
      .filter(
        (entry): entry is [string, string] =>
          LABEL_KEY.test(entry[0]) &&
          typeof entry[1] === 'string' &&
          pattern.test(entry[1]),
      ),
  );
}
