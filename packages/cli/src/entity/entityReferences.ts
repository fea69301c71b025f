import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/**
 * Something an entity or a contract refers to.
 *
 * @internal
 */
export interface Reference {
  /** Where it is written. */
  path: string;
  /** As `kind:namespace/name`. */
  ref: string;
  /** What it is there, in words: `owner`. */
  role: string;
}

/** Fields of `spec` that name one other entity, with the kind they mean. */
const FIELDS: Array<[field: string, defaultKind: string]> = [
  ['owner', 'group'],
  ['system', 'system'],
  ['domain', 'domain'],
  ['subcomponentOf', 'component'],
  ['parent', 'group'],
];

/**
 * The owner of an entity and what it is part of.
 *
 * @internal
 */
export function entityReferences(entity: Entity): Reference[] {
  return FIELDS.flatMap(([field, defaultKind]) => {
    const value = entity.spec?.[field];
    if (typeof value !== 'string' || value === '') {
      return [];
    }
    try {
      const ref = stringifyEntityRef(
        parseEntityRef(value, {
          defaultKind,
          defaultNamespace: entity.metadata.namespace ?? 'default',
        }),
      );
      return [{ path: `spec.${field}`, ref, role: field }];
    } catch {
      return [];
    }
  });
}
