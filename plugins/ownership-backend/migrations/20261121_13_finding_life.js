// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Apart from the findings: the scan writes those as a whole, and must never
  // undo what people do meanwhile.
  await knex.schema.createTable('waiver_requests', table => {
    table.comment('Waivers that somebody asked for and nobody decided on yet');
    table.string('finding_id', 500).primary();
    table
      .integer('max_reopened')
      .notNullable()
      .comment('Once the finding came back more often, the request is void');
    table.text('reason').notNullable();
    table.string('requested_by', 300).notNullable();
    table.string('requested_at', 24).notNullable();
    table.string('expires_at', 24).notNullable();
  });

  await knex.schema.createTable('finding_assignees', table => {
    table.comment('Who is to see to a finding');
    table.string('finding_id', 500).primary();
    table.string('assignee_ref', 300).notNullable();
    table.string('assigned_by', 300).notNullable();
    table.string('assigned_at', 24).notNullable();
    table.index(['assignee_ref', 'finding_id']);
  });

  await knex.schema.createTable('owner_decisions', table => {
    table.comment('Suggested owners that people accepted or rejected');
    table.string('entity_ref', 300).notNullable();
    table.string('owner_ref', 300).notNullable();
    table.string('decision', 10).notNullable().comment('accepted or rejected');
    table
      .text('signals')
      .notNullable()
      .comment('JSON array: the kinds of evidence it was suggested by');
    table.text('comment');
    table.string('decided_by', 300).notNullable();
    table.string('decided_at', 24).notNullable();
    table.primary(['entity_ref', 'owner_ref']);
    table.index(['owner_ref']);
  });

  await knex.schema.createTable('digests', table => {
    table.comment('What teams that do not want a message a scan are told next');
    table.string('recipient', 300).primary();
    table.string('sent_at', 24);
    table.text('waiting').comment('JSON: the message so far');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('digests');
  await knex.schema.dropTable('owner_decisions');
  await knex.schema.dropTable('finding_assignees');
  await knex.schema.dropTable('waiver_requests');
};
