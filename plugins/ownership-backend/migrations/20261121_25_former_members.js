// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('directory_principals', table => {
    table.text('member_of').comment('JSON: refs of the groups a user is on');
  });
  await knex.schema.alterTable('directory_missing', table => {
    table
      .text('members')
      .comment('JSON: who was on a group, each with their other groups then');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('directory_missing', table => {
    table.dropColumn('members');
  });
  await knex.schema.alterTable('directory_principals', table => {
    table.dropColumn('member_of');
  });
};
