// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('slo_exclusions', table => {
    table.comment(
      'Time that does not count for an SLO. Rows are ended, never deleted while their SLO is there: they say who excluded what, when and why',
    );
    table.string('id', 36).primary().comment('A random id');
    table.integer('slo_id').notNullable();
    table.text('rule').notNullable().comment('JSON: ExclusionRule');
    table.text('reason').notNullable();
    table.string('created_at', 24).notNullable();
    table.string('created_by', 300).notNullable();
    table
      .bigInteger('over_at')
      .comment(
        'When the last of it is over, seconds since the epoch; null where that is never',
      );
    table.string('ended_at', 24).comment('When somebody ended it');
    table.string('ended_by', 300);
    table.text('end_reason');
    table
      .boolean('withdrawn')
      .notNullable()
      .defaultTo(false)
      .comment('True where the past counts again as well');
    table.index(['slo_id']);
  });

  await knex.schema.createTable('slo_members', table => {
    table.comment('Which SLOs a composite SLO is made of');
    table.integer('composite_id').notNullable();
    table.string('entity_ref', 300).notNullable();
    table.string('slo', 100).notNullable();
    table.primary(['composite_id', 'entity_ref', 'slo']);
    table.index(['entity_ref', 'slo']);
  });

  await knex.schema.alterTable('slo_statuses', table => {
    table
      .text('members')
      .comment('JSON: the part of each member, of a composite SLO');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('slo_statuses', table => {
    table.dropColumn('members');
  });
  await knex.schema.dropTable('slo_members');
  await knex.schema.dropTable('slo_exclusions');
};
