// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('received_events', table => {
    table.comment('Events that were stored, to know them when they come again');
    table
      .string('id', 64)
      .primary()
      .comment('SHA-256 of the source and the id of the event');
    table.string('received_at', 24).notNullable();
    table.index(['received_at']);
  });

  await knex.schema.createTable('deployments', table => {
    table.comment('What CI/CD told of components');
    table.string('id', 64).primary().comment('As in received_events');
    table.string('entity_ref', 300).notNullable();
    table
      .string('kind', 20)
      .notNullable()
      .comment('deployed, upgraded, rolledback, removed or published');
    table.string('outcome', 10).notNullable().comment('success or failure');
    table.string('at', 24).notNullable();
    table.string('environment', 300);
    table.string('version', 100);
    table.text('url');
    table
      .boolean('counts')
      .notNullable()
      .comment('False where it was not in production');
    table
      .string('failure', 10)
      .comment('failure, rollback or incident, where it is a failed change');
    table.index(['entity_ref', 'at']);
    table.index(['at']);
  });

  await knex.schema.createTable('incidents', table => {
    table.comment('Incidents as their events told them so far');
    table
      .string('id', 64)
      .primary()
      .comment('SHA-256 of the source and the id of the incident');
    table
      .string('entity_ref', 300)
      .comment('Null until an event names the component');
    table
      .string('began_at', 24)
      .notNullable()
      .comment('The first moment that is known of it');
    table.string('started_at', 24);
    table.string('detected_at', 24);
    table.string('reported_at', 24);
    table.string('mitigated_at', 24);
    table.string('resolved_at', 24).comment('Null while it is open');
    table.string('environment', 300);
    table.text('title');
    table.text('url');
    table.boolean('counts').notNullable();
    table.index(['entity_ref', 'began_at']);
    table.index(['began_at']);
  });

  await knex.schema.createTable('measurements', table => {
    table.comment('Measurements as they were pushed');
    table.string('entity_ref', 300).notNullable();
    table.string('measure', 40).notNullable();
    table
      .string('currency', 3)
      .notNullable()
      .comment('Empty where it is not money');
    table.string('period_start', 24).notNullable();
    table.string('period_end', 24).notNullable();
    table.string('source', 200).notNullable();
    table.double('value').notNullable();
    table.primary([
      'entity_ref',
      'measure',
      'period_start',
      'period_end',
      'source',
      'currency',
    ]);
    table.index(['source', 'measure', 'period_start']);
    table.index(['period_end']);
  });

  await knex.schema.createTable('measure_values', table => {
    table.comment(
      'What the measurements of a component come to: by month for what adds up, the last one for what does not',
    );
    table.string('entity_ref', 300).notNullable();
    table.string('measure', 40).notNullable();
    table.string('currency', 3).notNullable();
    table
      .string('month', 7)
      .notNullable()
      .comment('2026-10; empty for the last one');
    table.double('value').notNullable();
    table.primary(['entity_ref', 'measure', 'currency', 'month']);
    table.index(['measure', 'month']);
  });

  await knex.schema.createTable('cost_terms', table => {
    table.comment('What contracts say of cost, as the last scan read it');
    table.string('entity_ref', 300).primary();
    table.string('cost_center', 200);
    table.text('tags').comment('JSON: value by name');
    table.double('budget_amount').comment('A month');
    table.string('budget_currency', 3);
  });

  // Events name services as it suits them, not by ref.
  await knex.raw(
    'CREATE INDEX components_lower_name_index ON components (lower(name))',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX components_lower_name_index');
  await knex.schema.dropTable('cost_terms');
  await knex.schema.dropTable('measure_values');
  await knex.schema.dropTable('measurements');
  await knex.schema.dropTable('incidents');
  await knex.schema.dropTable('deployments');
  await knex.schema.dropTable('received_events');
};
