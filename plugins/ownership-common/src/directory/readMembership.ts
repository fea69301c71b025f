import type { Entity } from '@backstage/catalog-model';
import { normalizeRef } from './normalizeRef';

/**
 * What one group or user says of who belongs to whom.
 *
 * @internal
 */
export interface Membership {
  /** Groups that the entity, a user, is a direct member of. */
  memberOf: string[];
  /** Users that are direct members of the entity, a group. */
  members: string[];
  parents: string[];
  children: string[];
}

/**
 * Reads the membership of a group or user from its relations, and from its
 * spec too: an entity that was read without relations, or whose relations are
 * not stitched yet, still says what its file says.
 *
 * @internal
 */
export function readMembership(entity: Entity): Membership {
  const { spec, relations } = entity as {
    spec?: Record<string, unknown>;
    relations?: unknown;
  };
  const namespace =
    typeof entity.metadata?.namespace === 'string'
      ? entity.metadata.namespace
      : undefined;

  function read(relation: string, fields: string[], kind: string) {
    const refs = new Set<string>();
    for (const item of Array.isArray(relations) ? relations : []) {
      const ref =
        item?.type === relation ? normalizeRef(item.targetRef) : undefined;
      if (ref) {
        refs.add(ref);
      }
    }
    for (const written of fields.flatMap(field => spec?.[field] ?? [])) {
      const ref = normalizeRef(written, { kind, namespace });
      if (ref) {
        refs.add(ref);
      }
    }
    return [...refs];
  }

  return entity.kind.toLocaleLowerCase('en-US') === 'user'
    ? {
        memberOf: read('memberOf', ['memberOf'], 'group'),
        members: [],
        parents: [],
        children: [],
      }
    : {
        memberOf: [],
        members: read('hasMember', ['members'], 'user'),
        parents: read('childOf', ['parent'], 'group'),
        children: read('parentOf', ['children'], 'group'),
      };
}
