// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('handovers', table => {
    table.comment('Components on their way to another team');
    table.string('id', 36).primary();
    table.string('state', 20).notNullable();
    table
      .integer('over')
      .notNullable()
      .comment('1 once it is complete, declined or cancelled; else 0');
    table.string('to_ref', 300).notNullable();
    table.text('from_refs').notNullable().comment('JSON: refs of who gives');
    table.text('reason').notNullable();
    table.string('proposed_at', 24).notNullable();
    table.string('proposed_by', 300).notNullable();
    table.string('due_at', 24).notNullable();
    table.string('accepted_at', 24);
    table.string('accepted_by', 300);
    table.string('ended_at', 24);
    table.string('ended_by', 300).comment('Null where a scan ended it');
    table.text('end_reason');
    table.index(['over', 'due_at', 'id']);
  });

  await knex.schema.createTable('handover_teams', table => {
    table.comment('Who gives and who receives, to find handovers by');
    table.string('handover_id', 36).notNullable();
    table.string('team_ref', 300).notNullable();
    table.primary(['handover_id', 'team_ref']);
    table.index(['team_ref']);
  });

  await knex.schema.createTable('handover_components', table => {
    table.comment('What is handed over');
    table.string('handover_id', 36).notNullable();
    table.string('entity_ref', 300).notNullable();
    table
      .string('open_ref', 300)
      .comment('The component while its handover is open: in one at a time');
    table.string('left_at', 24).comment('When it left the catalog meanwhile');
    table.primary(['handover_id', 'entity_ref']);
    table.unique(['open_ref']);
    table.index(['entity_ref']);
  });

  await knex.schema.createTable('handover_items', table => {
    table.comment('Checklists of handovers');
    table.string('handover_id', 36).notNullable();
    table.integer('position').notNullable();
    table.text('title').notNullable();
    table.string('done_at', 24);
    table.string('done_by', 300);
    table.primary(['handover_id', 'position']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('handover_items');
  await knex.schema.dropTable('handover_components');
  await knex.schema.dropTable('handover_teams');
  await knex.schema.dropTable('handovers');
};
