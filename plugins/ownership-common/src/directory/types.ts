/**
 * A group or a user of the catalog, as far as ownership needs it.
 *
 * @public
 */
export interface Principal {
  /** Entity ref in canonical lower case, for example `group:default/payments`. */
  ref: string;
  /** Whether it is a group or a user. */
  kind: 'group' | 'user';
  /** What people call it: profile display name, title or name. */
  title: string;
  /** From `spec.profile.email`. */
  email?: string;
  /** From `spec.profile.picture`. */
  picture?: string;
  /** False for a user marked inactive; a group is always active. */
  active: boolean;
  /** Group: number of distinct existing users in its whole sub-tree. User: 0. */
  memberCount: number;
  /** Group: how many of those users are active. User: 0. */
  activeMemberCount: number;
  /** Group: number of users it names as its own members who are not in the catalog; absent if none. */
  unknownMemberCount?: number;
  /** Group: ref of its parent group, if it names one that exists. */
  parent?: string;
  /** `spec.type` of a group: team, department, … */
  type?: string;
}

/**
 * Who exists in the organisation, with nested membership. Built once per scan
 * and read only afterwards. Every traversal is safe against cycles.
 *
 * @public
 */
export interface Directory {
  /** Number of groups and users. */
  readonly size: number;
  /** Number of users. With 0, nobody can tell who is on a team. */
  readonly userCount: number;
  /** The principal, or `undefined` where the ref resolves to nothing. Refs in any case are accepted. */
  get(ref: string): Principal | undefined;
  /** Refs of the users in the sub-tree of a group; empty for anything else. */
  members(groupRef: string): ReadonlySet<string>;
  /** True if the user is in the sub-tree of the group, or is the principal itself. */
  isMember(userRef: string, principalRef: string): boolean;
  /** Groups above a group, nearest first, without the group itself. */
  ancestors(groupRef: string): string[];
  /** Groups below a group, without the group itself. */
  descendants(groupRef: string): string[];
  /** The groups a user is a direct member of. */
  groupsOf(userRef: string): string[];
  /** All principals, in no particular order. */
  principals(): Iterable<Principal>;
}
