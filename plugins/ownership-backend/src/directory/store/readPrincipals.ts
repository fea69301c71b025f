import type { Knex } from 'knex';

/** A row of the table `directory_principals`. */
export interface PrincipalRow {
  ref: string;
  kind: 'group' | 'user';
  title: string;
  email: string | null;
  picture: string | null;
  active: boolean;
  parent_ref: string | null;
  type: string | null;
  member_count: number;
  active_member_count: number;
  /** Of a user: JSON array of the refs of groups, sorted. */
  member_of: string | null;
  /** Of a group that nobody is on any more: JSON of who was, see FormerPrincipal. */
  last_members: string | null;
}

/** Everybody the last scan saw, by ref. */
export async function readPrincipals(options: {
  knex: Knex;
}): Promise<Map<string, PrincipalRow>> {
  const rows = await options.knex<PrincipalRow>('directory_principals');
  return new Map(
    // SQLite keeps booleans as numbers.
    rows.map(row => [row.ref, { ...row, active: Boolean(row.active) }]),
  );
}
