import type { Knex } from 'knex';

/** Lets a caller's page begin with a view, or not with this one any more. */
export async function setDefaultView(options: {
  knex: Knex;
  caller: string;
  id: string;
  isDefault: boolean;
}): Promise<void> {
  const { knex, caller, id, isDefault } = options;
  if (isDefault) {
    await knex('drift_default_views')
      .insert({ user_ref: caller, view_id: id })
      .onConflict('user_ref')
      .merge();
  } else {
    await knex('drift_default_views')
      .where({ user_ref: caller, view_id: id })
      .delete();
  }
}
