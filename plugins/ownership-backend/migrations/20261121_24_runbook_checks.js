// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('runbook_checks', table => {
    table.comment('Whether the runbooks of a component can be opened');
    table.string('entity_ref', 300).primary();
    table.text('urls').notNullable().comment('JSON: what it names');
    table.text('checks').comment('JSON: what came of each; by address');
    table.string('next_at', 24).notNullable().comment('When to look again');
    table.index(['next_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('runbook_checks');
};
