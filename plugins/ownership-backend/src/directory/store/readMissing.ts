import type { Knex } from 'knex';
import type { FormerPrincipal } from '../formerPrincipals';

/** A ref that nothing in the catalog bears. */
export interface MissingPrincipal extends FormerPrincipal {
  /** When a scan first saw that. */
  since: Date;
  /** Whether anything that is orphaned was its, whatever it names now. */
  hadOrphans?: boolean;
}

/** Everything that is missing, by ref. */
export async function readMissing(options: {
  knex: Knex;
}): Promise<Map<string, MissingPrincipal>> {
  const { knex } = options;
  const rows: Array<{
    ref: string;
    since: string;
    parent_ref: string | null;
    members: string | null;
  }> = await knex('directory_missing');
  const formerOwners = new Set<string>(
    await knex('former_owners as f')
      .join('components as c', 'c.entity_ref', 'f.entity_ref')
      .where('c.state', 'orphaned')
      .distinct()
      .pluck('f.owner_ref'),
  );
  return new Map(
    rows.map(({ ref, since, parent_ref, members }) => [
      ref,
      {
        since: new Date(since),
        parentRef: parent_ref ?? undefined,
        members: members ? JSON.parse(members) : undefined,
        hadOrphans: formerOwners.has(ref),
      },
    ]),
  );
}
