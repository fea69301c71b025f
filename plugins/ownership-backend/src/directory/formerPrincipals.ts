import type { Directory } from '@service-ownership/backstage-plugin-ownership-common';
import type { PrincipalRow } from './store/readPrincipals';

/** What is remembered of a group or user that is gone. */
export interface FormerPrincipal {
  /** The group above a group, or the smallest that a user was on. */
  parentRef?: string;
  /** Who was on a group, each with the refs of the other groups they were on. */
  members?: Record<string, string[]>;
}

/** Enough to see where they went. */
const MAX_MEMBERS = 200;

/** Groups and users that the last scan saw and that are gone, by ref. */
export function formerPrincipals(options: {
  stored: ReadonlyMap<string, PrincipalRow>;
  directory: Directory;
}): Map<string, FormerPrincipal> {
  const { stored, directory } = options;
  const gone = [...stored.values()].filter(({ ref }) => !directory.get(ref));
  const former = new Map<string, FormerPrincipal>(
    gone.map(row => [
      row.ref,
      {
        parentRef:
          row.parent_ref ?? smallest(groupsOf(row), { stored }) ?? undefined,
      },
    ]),
  );
  if (gone.some(({ kind }) => kind === 'group')) {
    for (const row of stored.values()) {
      addMember({ row, former });
    }
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
