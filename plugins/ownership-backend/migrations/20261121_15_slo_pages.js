// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('slo_changes', table => {
    table.comment(
      'When what an SLO promises was changed, to mark it on its charts',
    );
    table.increments('id');
    table.integer('slo_id').notNullable();
    table.string('at', 24).notNullable();
    table.text('change').notNullable().comment('In words');
    table.index(['slo_id', 'at']);
    table.index(['at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('slo_changes');
};
