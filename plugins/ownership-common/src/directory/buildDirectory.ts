import type { Entity } from '@backstage/catalog-model';
import { describeAlias } from './describeAlias';
import { describePrincipal, isMarkedInactive } from './describePrincipal';
import { entityRefOf } from './entityRefOf';
import { connect, countMembers, PrincipalNodes } from './PrincipalNodes';
import { normalizeRef } from './normalizeRef';
import { readMembership } from './readMembership';
import type { Directory } from './types';

/**
 * Builds the directory from the groups and users of the catalog; entities of
 * other kinds are passed over.
 *
 * Laws: only users that exist are counted, each once per group however many
 * ways lead to them; groups that contain each other, or themselves, have the
 * members of all of them and are nobody's parent twice. The cost grows with
 * the number of entities, their memberships and the sizes of the sub-trees,
 * not with the depth of the nesting.
 *
 * @param options - `entities`: groups and users with metadata, spec and
 *   relations. `isInactive`: tells users who no longer answer for anything;
 *   without it the annotation `service-ownership.io/active: 'false'` does.
 *   `aliases`: a ref that names nobody is found under what it stands for.
 *
 * @public
 */
export function buildDirectory(options: {
  entities: Iterable<Entity>;
  isInactive?: (entity: Entity) => boolean;
  /** Canonical new refs by canonical old refs, for groups and users that were renamed. */
  aliases?: ReadonlyMap<string, string>;
}): Directory {
  const isInactive = options.isInactive ?? isMarkedInactive;
  const users = new PrincipalNodes();
  const groups = new PrincipalNodes();
  const links: Array<{ ref: string } & ReturnType<typeof readMembership>> = [];

  for (const entity of options.entities) {
    const ref = entityRefOf(entity);
    const nodes = ref?.startsWith('group:')
      ? groups
      : ref?.startsWith('user:') && users;
    if (!ref || !nodes || nodes.index.has(ref)) {
      continue;
    }
    nodes.add(
      describePrincipal({
        ref,
        entity,
        active: nodes === groups || !isInactive(entity),
      }),
    );
    links.push({ ref, ...readMembership(entity) });
  }

  for (const { ref, memberOf, members, parents, children } of links) {
    memberOf.forEach(group => connect(groups, group, users, ref));
    members.forEach(user => connect(groups, ref, users, user));
    const unknown = members.filter(user => !users.index.has(user)).length;
    if (unknown > 0) {
      groups.get(ref)!.unknownMemberCount = unknown;
    }
    parents.forEach(parent => connect(groups, parent, groups, ref));
    children.forEach(child => connect(groups, ref, groups, child));
  }
  const subtrees = countMembers({ groups, users });
  for (const group of groups.principals) {
    const above = groups.up.get(groups.index.get(group.ref)!);
    group.parent = above && groups.principals[[...above][0]].ref;
  }

  const { aliases } = options;
  const renamed = (ref: string) =>
    aliases?.has(ref)
      ? describeAlias({
          from: ref,
          aliases,
          exists: other => groups.index.has(other) || users.index.has(other),
        }).resolvesTo
      : undefined;
  const known = (ref: string) => groups.get(ref) ?? users.get(ref);
  const findOther = (ref: string) => {
    const canonical = normalizeRef(ref) ?? '';
    return known(canonical) ?? known(renamed(canonical) ?? '');
  };
  const find = (ref: string) => known(ref) ?? findOther(ref);
  const walk = (ref: string, direction: 'up' | 'down') => {
    const start = groups.index.get(find(ref)?.ref ?? '');
    const seen = new Set(start === undefined ? [] : [start]);
    // A set visits what is added while it is walked: breadth first.
    for (const node of seen) {
      groups[direction].get(node)?.forEach(next => seen.add(next));
    }
    return [...seen].slice(1).map(node => groups.principals[node].ref);
  };
  const groupsOf = (userRef: string) => {
    const user = users.index.get(find(userRef)?.ref ?? '');
    return [...(user === undefined ? [] : users.up.get(user) ?? [])].map(
      group => groups.principals[group].ref,
    );
  };
  const memberSets = new Map<readonly number[], ReadonlySet<string>>();

  return {
    size: groups.principals.length + users.principals.length,
    userCount: users.principals.length,
    get: find,
    members(groupRef) {
      const group = groups.index.get(find(groupRef)?.ref ?? '');
      const members = group === undefined ? [] : subtrees[group];
      let set = memberSets.get(members);
      if (!set) {
        set = new Set(Array.from(members, user => users.principals[user].ref));
        memberSets.set(members, set);
      }
      return set;
    },
    isMember(userRef, principalRef) {
      const user = find(userRef);
      const principal = find(principalRef);
      if (!user || !principal) {
        return false;
      }
      // Up from the user: the groups above somebody are few, the users below
      // a group may be all there are.
      return (
        user === principal ||
        groupsOf(user.ref).some(
          group =>
            group === principal.ref ||
            walk(group, 'up').includes(principal.ref),
        )
      );
    },
    ancestors: groupRef => walk(groupRef, 'up'),
    descendants: groupRef => walk(groupRef, 'down'),
    groupsOf,
    *principals() {
      yield* groups.principals;
      yield* users.principals;
    },
  };
}
