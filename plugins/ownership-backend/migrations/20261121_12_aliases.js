// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('directory_aliases', table => {
    table.comment('Old refs of groups and users that stand for new ones');
    table.string('from_ref', 300).primary();
    table.string('to_ref', 300).notNullable();
    table.text('comment');
    table.string('created_by', 300).notNullable();
    table.string('created_at', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('directory_aliases');
};
