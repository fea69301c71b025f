// @ts-check

// Moments are kept as ISO 8601 text in UTC throughout: it sorts by time, reads
// the same on every database and needs no conversion on the way to the API.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('directory_principals', table => {
    table.comment('Groups and users as the last complete scan saw them');
    table.string('ref', 300).primary();
    table.string('kind', 10).notNullable().comment('group or user');
    table.text('title').notNullable();
    table.text('email');
    table.text('picture');
    table.boolean('active').notNullable();
    table.string('parent_ref', 300);
    table.text('type');
    table
      .integer('member_count')
      .notNullable()
      .comment('Distinct users in the whole sub-tree');
    table.integer('active_member_count').notNullable();
  });

  await knex.schema.createTable('directory_closure', table => {
    table.comment('Every group with every group below it, and with itself');
    table.string('ancestor_ref', 300).notNullable();
    table.string('descendant_ref', 300).notNullable();
    table.integer('depth').notNullable().comment('0 for the group itself');
    table.primary(['ancestor_ref', 'descendant_ref']);
    table.index(['descendant_ref']);
  });

  await knex.schema.createTable('directory_missing', table => {
    table.comment('Refs that something names and nothing in the catalog bears');
    table.string('ref', 300).primary();
    table.string('since', 24).notNullable();
    table
      .string('parent_ref', 300)
      .comment('Of a group that was there once: the group above it then');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('directory_missing');
  await knex.schema.dropTable('directory_closure');
  await knex.schema.dropTable('directory_principals');
};
