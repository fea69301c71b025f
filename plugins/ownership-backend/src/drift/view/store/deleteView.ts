import type { Knex } from 'knex';

/** Deletes a view; whoever began with it begins with all findings again. */
export async function deleteView(options: {
  knex: Knex;
  id: string;
}): Promise<void> {
  const { knex, id } = options;
  await knex.transaction(async trx => {
    await trx('drift_default_views').where('view_id', id).delete();
    await trx('drift_views').where('id', id).delete();
  });
}
