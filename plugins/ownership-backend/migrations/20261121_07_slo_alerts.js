// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('slos', table => {
    table
      .integer('evaluations')
      .notNullable()
      .defaultTo(0)
      .comment(
        'Goes up with every evaluation that is written: of two replicas that evaluate an SLO at once, one writes',
      );
  });

  await knex.schema.createTable('slo_alerts', table => {
    table.comment(
      'Alerts that fire or are about to, one for each SLO and severity',
    );
    table.integer('slo_id').notNullable();
    table.string('severity', 10).notNullable().comment('page or ticket');
    table.boolean('firing').notNullable();
    table.string('since', 24).comment('Since when it fires');
    table
      .text('rows')
      .notNullable()
      .comment('JSON: AlertMemory[], what is remembered of its rows');
    table.primary(['slo_id', 'severity']);
  });

  await knex.schema.createTable('slo_alert_changes', table => {
    table.comment(
      'Every alert that fired or was resolved. Written with the alert in one transaction and sent afterwards: what is not sent yet is the outbox, the rest is history',
    );
    table.increments('id');
    table.integer('slo_id').notNullable();
    table.string('entity_ref', 300).notNullable();
    table.string('slo', 100).notNullable();
    table.string('severity', 10).notNullable();
    table.string('state', 10).notNullable().comment('firing or resolved');
    table.string('at', 24).notNullable();
    table
      .text('details')
      .notNullable()
      .comment('JSON: AlertDetails, the figures of that moment');
    table.string('published_at', 24).comment('When the event went out');
    table.string('notified_at', 24).comment('When the notification went out');
    table.text('told').comment('JSON: refs of those who were notified');
    table.string('sent_at', 24).comment('When all of it was done');
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('claim', 36).comment('Who is sending it, a random id');
    table
      .string('free_at', 24)
      .comment('Until then it is left to who claimed it, or waits');
    table.index(['sent_at', 'id']);
    table.index(['slo_id', 'severity', 'id']);
    table.index(['at']);
  });

  await knex.schema.createTable('slo_budget_crossings', table => {
    table.comment(
      'Since when the remaining budget is below the limits of the error-budget policy',
    );
    table.integer('slo_id').primary();
    table.text('crossings').notNullable().comment('JSON: BudgetCrossing[]');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('slo_budget_crossings');
  await knex.schema.dropTable('slo_alert_changes');
  await knex.schema.dropTable('slo_alerts');
  await knex.schema.alterTable('slos', table => {
    table.dropColumn('evaluations');
  });
};
