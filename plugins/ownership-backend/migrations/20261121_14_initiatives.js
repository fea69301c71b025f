// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('rule_sets', table => {
    table.comment('Lists of rules that were evaluated together');
    table.string('id', 40).primary().comment('Digest of the list');
    table.text('rules').notNullable().comment('JSON: rule ids, in order');
  });

  await knex.schema.createTable('rule_outcomes', table => {
    table.comment('What every rule said of each component in the last scan');
    table.string('entity_ref', 300).primary();
    table.string('rule_set', 40).notNullable();
    table
      .text('marks')
      .notNullable()
      .comment(
        'A letter a rule, in the order of the set: pass, fail, waived, unknown, not asked',
      );
    table.index(['rule_set']);
  });

  await knex.schema.createTable('initiatives', table => {
    table.comment('Goals with a due date');
    table.string('id', 36).primary();
    table.text('title').notNullable();
    table.text('description');
    table
      .text('goal')
      .notNullable()
      .comment('JSON: rule ids, or a level of a scorecard');
    table
      .text('predicate')
      .comment('JSON: filter predicate of the scope; null for everything');
    table.string('team', 300).comment('Group the scope is narrowed to');
    table.string('owner_ref', 300).notNullable();
    table.string('starts_at', 24).notNullable();
    table.string('due_at', 24).notNullable();
    table.string('state', 20).notNullable();
    table.string('created_at', 24).notNullable();
    table.string('created_by', 300).notNullable();
    table.string('updated_at', 24).notNullable();
    table.index(['state', 'due_at']);
  });

  await knex.schema.createTable('initiative_members', table => {
    table.comment(
      'What the predicate of an initiative matched, as the catalog last said',
    );
    table.string('initiative_id', 36).notNullable();
    table.string('entity_ref', 300).notNullable();
    table.primary(['initiative_id', 'entity_ref']);
  });

  await knex.schema.createTable('initiative_exemptions', table => {
    table.comment('Components that are excused, why and until when');
    table.string('initiative_id', 36).notNullable();
    table.string('entity_ref', 300).notNullable();
    table.text('reason').notNullable();
    table.string('expires_at', 24).notNullable();
    table.string('created_by', 300).notNullable();
    table.string('created_at', 24).notNullable();
    table.primary(['initiative_id', 'entity_ref']);
  });

  await knex.schema.createTable('initiative_history', table => {
    table.comment('The burn-up: one row a day, the last count of that day');
    table.string('initiative_id', 36).notNullable();
    table.string('day', 10).notNullable();
    table.integer('met').notNullable();
    table.integer('missing').notNullable();
    table.integer('unknown').notNullable();
    table.integer('exempt').notNullable();
    table.integer('not_asked').notNullable();
    table.primary(['initiative_id', 'day']);
  });

  await knex.schema.createTable('initiative_reminders', table => {
    table.comment('Who was told of which stage: once, over all replicas');
    table.string('initiative_id', 36).notNullable();
    table.string('stage', 20).notNullable();
    table.string('recipient', 300).notNullable();
    table.string('claimed_at', 24).notNullable();
    table
      .string('sent_at', 24)
      .comment('Null while it is on its way, or was lost with its replica');
    table.primary(['initiative_id', 'stage', 'recipient']);
  });

  await knex.schema.createTable('scorecard_configuration', table => {
    table.comment('The last valid configuration of scorecards');
    table
      .string('id', 20)
      .primary()
      .comment('last-valid, or invalid for what is configured instead');
    table.text('config').notNullable().comment('JSON, as configured');
    table.string('since', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('scorecard_configuration');
  await knex.schema.dropTable('initiative_reminders');
  await knex.schema.dropTable('initiative_history');
  await knex.schema.dropTable('initiative_exemptions');
  await knex.schema.dropTable('initiative_members');
  await knex.schema.dropTable('initiatives');
  await knex.schema.dropTable('rule_outcomes');
  await knex.schema.dropTable('rule_sets');
};
