// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rule_faults', table => {
    table.comment('Rules that broke in the last complete scan');
    table.string('rule_id', 100).primary();
    table.integer('components').notNullable();
    table
      .string('entity_ref', 300)
      .notNullable()
      .comment('One of the components it broke on');
    table.text('message').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rule_faults');
};
