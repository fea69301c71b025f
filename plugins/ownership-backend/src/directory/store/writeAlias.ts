import type { Knex } from 'knex';
import type { AliasRow } from './AliasRow';

/** Makes an alias, or changes where it leads. */
export async function writeAlias(options: {
  knex: Knex;
  row: AliasRow;
}): Promise<void> {
  const { knex, row } = options;
  await knex<AliasRow>('directory_aliases')
    .insert(row)
    .onConflict('from_ref')
    .merge();
}

/** Removes an alias; false where there was none. */
export async function deleteAlias(options: {
  knex: Knex;
  from: string;
}): Promise<boolean> {
  const { knex, from } = options;
  return (
    (await knex<AliasRow>('directory_aliases')
      .where('from_ref', from)
      .delete()) > 0
  );
}
