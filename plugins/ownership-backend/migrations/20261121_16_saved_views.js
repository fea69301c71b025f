// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('drift_views', table => {
    table.comment('Named filters over the findings');
    table.string('id', 36).primary();
    table.string('owner_ref', 300).notNullable();
    table.string('name', 100).notNullable();
    table.boolean('shared').notNullable();
    table
      .text('content')
      .notNullable()
      .comment('JSON: filter, orderBy and groupBy');
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.unique(['owner_ref', 'name']);
    table.index(['shared']);
  });

  await knex.schema.createTable('drift_default_views', table => {
    table.comment('The view with which the drift page begins, by user');
    table.string('user_ref', 300).primary();
    table.string('view_id', 36).notNullable();
    table.index(['view_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('drift_default_views');
  await knex.schema.dropTable('drift_views');
};
