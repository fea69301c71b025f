import type {
  Directory,
  Principal,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { breathe } from '../drift/scan/breathe';
import { columnText } from '../drift/store/columnText';
import type { FormerPrincipal } from './formerPrincipals';
import type { PrincipalRow } from './store/readPrincipals';
import { syncClosure } from './store/syncClosure';
import { writePrincipals } from './store/writePrincipals';

/**
 * Brings the stored directory to what the catalog says now. Writes only those
 * who changed.
 */
export async function syncDirectory(options: {
  knex: Knex;
  directory: Directory;
  stored: ReadonlyMap<string, PrincipalRow>;
  /** Who was on groups that nobody is on any more. */
  former: ReadonlyMap<string, FormerPrincipal>;
}): Promise<void> {
  const { knex, directory, stored, former } = options;
  const changed: PrincipalRow[] = [];
  let index = 0;
  for (const principal of directory.principals()) {
    await breathe(index++);
    const row = toRow({ principal, directory, former });
    const before = stored.get(row.ref);
    const columns = Object.keys(row) as Array<keyof PrincipalRow>;
    if (!before || columns.some(column => before[column] !== row[column])) {
      changed.push(row);
    }
  }
  // What an alias finds under an old ref is somebody else.
  const gone = [...stored.keys()].filter(
    ref => directory.get(ref)?.ref !== ref,
  );
  await writePrincipals({ knex, changed, gone });
  await syncClosure({ knex, directory });
}

function toRow(options: {
  principal: Principal;
  directory: Directory;
  former: ReadonlyMap<string, FormerPrincipal>;
}): PrincipalRow {
  const { principal, directory, former } = options;
  const lastMembers = former.get(principal.ref)?.members;
  const text = (value: string | undefined) =>
    value === undefined ? null : columnText(value, 2000);
  return {
    ref: principal.ref,
    kind: principal.kind,
    title: columnText(principal.title, 500),
    email: text(principal.email),
    picture: text(principal.picture),
    active: principal.active,
    parent_ref: principal.parent ?? null,
    type: text(principal.type),
    member_count: principal.memberCount,
    active_member_count: principal.activeMemberCount,
    member_of:
      principal.kind === 'user'
        ? JSON.stringify(directory.groupsOf(principal.ref).sort())
        : null,
    last_members: lastMembers ? JSON.stringify(lastMembers) : null,
  };
}
