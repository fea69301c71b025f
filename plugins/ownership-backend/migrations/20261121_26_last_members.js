// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('directory_principals', table => {
    table
      .text('last_members')
      .comment('JSON: who was on a group that nobody is on any more');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('directory_principals', table => {
    table.dropColumn('last_members');
  });
};
