import { findCycles } from './findCycles';
import type { Principal } from './types';

/**
 * The groups, or the users, by index, with the groups above and below.
 *
 * @internal
 */
export class PrincipalNodes {
  readonly principals: Principal[] = [];
  readonly index = new Map<string, number>();
  readonly up = new Map<number, Set<number>>();
  readonly down = new Map<number, Set<number>>();
  /** For groups: their direct members, as indices of users. */
  readonly members = new Map<number, Set<number>>();

  add(principal: Principal) {
    this.index.set(principal.ref, this.principals.length);
    this.principals.push(principal);
  }

  get(ref: string): Principal | undefined {
    const index = this.index.get(ref);
    return index === undefined ? undefined : this.principals[index];
  }
}

/**
 * Puts a group or a user below a group, if both exist and differ.
 *
 * @internal
 */
export function connect(
  groups: PrincipalNodes,
  groupRef: string,
  below: PrincipalNodes,
  ref: string,
) {
  const group = groups.index.get(groupRef);
  const node = below.index.get(ref);
  if (
    group === undefined ||
    node === undefined ||
    (below === groups && group === node)
  ) {
    return;
  }
  include(below === groups ? groups.down : groups.members, group, node);
  include(below.up, node, group);
}

function include(sets: Map<number, Set<number>>, key: number, value: number) {
  const set = sets.get(key);
  if (set) {
    set.add(value);
  } else {
    sets.set(key, new Set([value]));
  }
}

/**
 * Sets the counts of every group; returns the users below each group.
 *
 * @internal
 */
export function countMembers(options: {
  groups: PrincipalNodes;
  users: PrincipalNodes;
}) {
  const { groups, users } = options;
  const children = groups.principals.map((_, group) => [
    ...(groups.down.get(group) ?? []),
  ]);
  const subtrees: Array<readonly number[]> = new Array(children.length);
  // Marks a user with the part that counted it last, so that no part counts
  // one twice and nothing has to be cleared in between.
  const countedBy = new Int32Array(users.principals.length).fill(-1);

  findCycles(children).forEach((part, partIndex) => {
    const sources: Array<readonly number[]> = part.flatMap(group => [
      [...(groups.members.get(group) ?? [])],
      ...children[group].map(child => subtrees[child] ?? []),
    ]);
    const members = sources.filter(source => source.length > 0);
    subtrees[part[0]] =
      members.length === 1
        ? // A group with nothing but one child shares its list: a long chain
          // costs no more than its last link.
          members[0]
        : members.flat().filter(user => {
            const first = countedBy[user] !== partIndex;
            countedBy[user] = partIndex;
            return first;
          });
    const active = subtrees[part[0]].filter(
      user => users.principals[user].active,
    ).length;
    for (const group of part) {
      subtrees[group] = subtrees[part[0]];
      groups.principals[group].memberCount = subtrees[group].length;
      groups.principals[group].activeMemberCount = active;
    }
  });
  return subtrees;
}
