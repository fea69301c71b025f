import type { Entity } from '@backstage/catalog-model';
import type { Principal } from './types';

const ACTIVE_ANNOTATION = 'service-ownership.io/active';

/**
 * What people need to know of a group or a user; the counts come later.
 *
 * @internal
 */
export function describePrincipal(options: {
  ref: string;
  entity: Entity;
  active: boolean;
}): Principal {
  const { ref, entity, active } = options;
  const spec = (entity.spec ?? {}) as Record<string, unknown>;
  const profile = (spec.profile ?? {}) as Record<string, unknown>;
  return {
    ref,
    kind: ref.startsWith('group:') ? 'group' : 'user',
    title:
      text(profile.displayName) ??
      text(entity.metadata.title) ??
      entity.metadata.name,
    email: text(profile.email),
    picture: text(profile.picture),
    active,
    memberCount: 0,
    activeMemberCount: 0,
    type: text(spec.type),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

/**
 * True for a user marked as somebody who no longer answers for anything.
 *
 * @internal
 */
export function isMarkedInactive(entity: Entity): boolean {
  return (
    String(entity.metadata.annotations?.[ACTIVE_ANNOTATION]).toLowerCase() ===
    'false'
  );
}
