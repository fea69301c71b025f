// @ts-check

// By a statement of its own: SQLite would lose the triggers of a table that is
// built anew.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What people decided of a finding is to hold over a gap.
  await knex.raw('ALTER TABLE findings ADD COLUMN closed_from varchar(20)');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE findings DROP COLUMN closed_from');
};
