// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('attestations', table => {
    table.comment('Statements of owners that a contract is still right');
    table.bigIncrements('id');
    table.string('entity_ref', 300).notNullable();
    table.string('attested_at', 24).notNullable();
    table.string('attested_by', 300).notNullable();
    table.text('comment');
    table.index(['entity_ref', 'attested_at', 'id']);
  });

  await knex.schema.createTable('on_call_rotations', table => {
    table.comment('The on-call rotation of each component that has one');
    table.string('entity_ref', 300).primary();
    table.string('provider', 50).notNullable();
    table.string('ref', 500).notNullable();
    table
      .text('people')
      .comment('JSON, for static rotations: people by participant');
    table.index(['provider', 'ref']);
  });

  await knex.schema.createTable('on_call_shifts', table => {
    table.comment('Who is on call, as the providers said when last asked');
    table.string('provider', 50).notNullable();
    table.string('ref', 500).notNullable();
    table.text('people').notNullable().comment('JSON array');
    table.string('until', 24);
    table.text('url');
    table.text('unknown_reason');
    table.primary(['provider', 'ref']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('on_call_shifts');
  await knex.schema.dropTable('on_call_rotations');
  await knex.schema.dropTable('attestations');
};
