// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('components', table => {
    table
      .string('runbook_review_due_at', 24)
      .comment('When the first of its runbooks is too old to be relied on');
    table.index(['runbook_review_due_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('components', table => {
    table.dropIndex(['runbook_review_due_at']);
    table.dropColumn('runbook_review_due_at');
  });
};
