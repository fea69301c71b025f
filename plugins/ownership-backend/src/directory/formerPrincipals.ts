import type { Directory } from '@service-ownership/backstage-plugin-ownership-common';
import { breathe } from '../drift/scan/breathe';
import type { PrincipalRow } from './store/readPrincipals';

/** What is remembered of a group or user that is gone, or of an empty group. */
export interface FormerPrincipal {
  /** The group above a group, or the smallest that a user was on. */
  parentRef?: string;
  /** Who was on a group, each with the refs of the other groups they were on. */
  members?: Record<string, string[]>;
}

/** Enough to see where they went. */
const MAX_MEMBERS = 200;

/**
 * Groups and users that the last scan saw and that are gone, and groups that
 * nobody is on any more, by ref. A catalog that follows a reorganisation in
 * steps may empty a group long before it removes it.
 */
export async function formerPrincipals(options: {
  stored: ReadonlyMap<string, PrincipalRow>;
  directory: Directory;
}): Promise<Map<string, FormerPrincipal>> {
  const { stored, directory } = options;
  const former = new Map<string, FormerPrincipal>();
  let index = 0;
  for (const row of stored.values()) {
    await breathe(index++);
    const found = directory.get(row.ref);
    if (!found) {
      former.set(row.ref, {
        parentRef:
          row.parent_ref ?? smallest(groupsOf(row), { stored }) ?? undefined,
      });
    } else if (found.kind === 'group' && found.memberCount === 0) {
      former.set(row.ref, {});
    }
  }
  // Those of a group that was empty before are noted with it.
  const hadMembers = (ref: string) => stored.get(ref)!.member_count > 0;
  if ([...former.keys()].some(hadMembers)) {
    for (const row of stored.values()) {
      await breathe(index++);
      addMember({ row, former });
    }
  }
  for (const [ref, each] of former) {
    each.members ??= lastMembers(stored.get(ref));
  }
  return former;
}

function addMember(options: {
  row: PrincipalRow;
  former: ReadonlyMap<string, FormerPrincipal>;
}): void {
  const { row, former } = options;
  const groups = groupsOf(row);
  for (const group of groups) {
    const gone = former.get(group);
    if (gone) {
      gone.members ??= {};
      if (Object.keys(gone.members).length < MAX_MEMBERS) {
        gone.members[row.ref] = groups.filter(ref => ref !== group);
      }
    }
  }
}

function lastMembers(
  row: PrincipalRow | undefined,
): FormerPrincipal['members'] {
  return row?.last_members ? JSON.parse(row.last_members) : undefined;
}

function groupsOf({ member_of: groups }: PrincipalRow): string[] {
  return groups ? JSON.parse(groups) : [];
}

/** The team of somebody, rather than the group of everybody. */
function smallest(
  groups: string[],
  { stored }: { stored: ReadonlyMap<string, PrincipalRow> },
): string | undefined {
  const size = (ref: string) => stored.get(ref)?.member_count ?? Infinity;
  return groups.sort((a, b) => size(a) - size(b))[0];
}
