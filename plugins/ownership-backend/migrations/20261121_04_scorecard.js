// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scorecard_results', table => {
    table.comment('Where each component stands, as the last scan saw it');
    table.string('scorecard_id', 63).notNullable();
    table.string('entity_ref', 300).notNullable();
    table
      .string('bucket', 63)
      .notNullable()
      .comment('The level reached, none or unknown');
    table
      .integer('bucket_rank')
      .notNullable()
      .comment('0 none, 1 unknown, 2 the lowest level, … to sort by');
    table.string('next_level', 63);
    table
      .text('missing')
      .notNullable()
      .comment('JSON: rule ids, cheapest first');
    table.text('unknown').notNullable().comment('JSON: rule ids');
    table.double('score').notNullable();
    table
      .integer('score_order')
      .notNullable()
      .comment('Score in ten-thousandths, to sort by');
    table.integer('known').notNullable();
    table.integer('total').notNullable();
    table.text('rules').notNullable().comment('JSON: status by rule id');
    table
      .string('fingerprint', 40)
      .notNullable()
      .comment('Changes when anything in this row would');
    table.primary(['scorecard_id', 'entity_ref']);
    table.index(['scorecard_id', 'bucket_rank', 'score_order', 'entity_ref']);
    table.index(['entity_ref']);
  });

  await knex.schema.createTable('scorecard_gaps', table => {
    table.comment('The rules of a scorecard that fail, by component');
    table.string('scorecard_id', 63).notNullable();
    table.string('rule_id', 100).notNullable();
    table.string('entity_ref', 300).notNullable();
    table
      .boolean('lifts')
      .notNullable()
      .comment('Nothing else is between the component and its next level');
    table.primary(['scorecard_id', 'rule_id', 'entity_ref']);
    table.index(['entity_ref', 'scorecard_id']);
  });

  await knex.schema.createTable('scorecard_history', table => {
    table.comment('One row a day: the last complete scan of that day');
    table.string('scorecard_id', 63).notNullable();
    table
      .string('scope', 300)
      .notNullable()
      .comment('An owner ref with every group below it, or * for all');
    table.string('day', 10).notNullable();
    table.integer('entities').notNullable();
    table.text('by_level').notNullable().comment('JSON: entities by level');
    table.double('score').comment('Null where nothing was known');
    table.double('coverage').notNullable();
    table.primary(['scorecard_id', 'scope', 'day']);
    table.index(['day']);
  });

  await knex.schema.createTable('overview_history', table => {
    table.comment(
      'What the overview counts beside drift: one row a day, as in drift_history',
    );
    table.string('scope', 300).notNullable();
    table.string('day', 10).notNullable();
    table.string('at', 24).notNullable();
    table.integer('slos_met').notNullable();
    table
      .double('budget_left')
      .comment('Mean remaining budget; null where no SLO has data');
    table.integer('reviews_due').notNullable();
    table.primary(['scope', 'day']);
    table.index(['day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('overview_history');
  await knex.schema.dropTable('scorecard_history');
  await knex.schema.dropTable('scorecard_gaps');
  await knex.schema.dropTable('scorecard_results');
};
