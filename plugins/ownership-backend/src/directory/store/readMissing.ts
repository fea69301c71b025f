import type { Knex } from 'knex';

/** A ref that nothing in the catalog bears. */
export interface MissingPrincipal {
  /** When a scan first saw that. */
  since: Date;
  /** Of a group that was there once: the group above it then. */
  parentRef?: string;
}

/** Everything that is missing, by ref. */
export async function readMissing(options: {
  knex: Knex;
}): Promise<Map<string, MissingPrincipal>> {
  const rows: Array<{ ref: string; since: string; parent_ref: string | null }> =
    await options.knex('directory_missing');
  return new Map(
    rows.map(({ ref, since, parent_ref }) => [
      ref,
      { since: new Date(since), parentRef: parent_ref ?? undefined },
    ]),
  );
}
