// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scorecard_changes', table => {
    table.comment(
      'What changed in a result on a day, first against last: one row where anything did, none where nothing did',
    );
    table.string('entity_ref', 300).notNullable();
    table.string('scorecard_id', 63).notNullable();
    table.string('day', 10).notNullable().comment('In UTC');
    table
      .string('from_bucket', 63)
      .comment('At the end of the day before; null where it was not measured');
    table
      .string('bucket', 63)
      .comment('At the end of the day; null where it is no longer measured');
    table.integer('from_score').comment('In ten-thousandths');
    table.integer('score').comment('In ten-thousandths');
    table
      .text('flips')
      .comment(
        'JSON: by rule id two letters, before and after: p(ass), f(ail), u(nknown), w(aived), - for not asked',
      );
    table.primary(['entity_ref', 'scorecard_id', 'day']);
    table.index(['scorecard_id', 'day']);
    table.index(['day']);
  });

  await knex.schema.createTable('weekly_digests', table => {
    table.comment('Who was told of which week: once, over all replicas');
    table.string('recipient', 300).notNullable();
    table
      .string('week', 10)
      .notNullable()
      .comment('The day on which it was due, in the zone of the configuration');
    table.string('claimed_at', 24).notNullable();
    table
      .string('sent_at', 24)
      .comment('Null while it is on its way, or was lost with its replica');
    table.primary(['recipient', 'week']);
    table.index(['week']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('weekly_digests');
  await knex.schema.dropTable('scorecard_changes');
};
