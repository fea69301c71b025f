import type { Knex } from 'knex';
import type { FormerPrincipal } from '../formerPrincipals';

/** A ref that nothing in the catalog bears. */
export interface MissingPrincipal extends FormerPrincipal {
  /** When a scan first saw that. */
  since: Date;
}

/** Everything that is missing, by ref. */
export async function readMissing(options: {
  knex: Knex;
}): Promise<Map<string, MissingPrincipal>> {
  const rows: Array<{
    ref: string;
    since: string;
    parent_ref: string | null;
    members: string | null;
  }> = await options.knex('directory_missing');
  return new Map(
    rows.map(({ ref, since, parent_ref, members }) => [
      ref,
      {
        since: new Date(since),
        parentRef: parent_ref ?? undefined,
        members: members ? JSON.parse(members) : undefined,
      },
    ]),
  );
}
