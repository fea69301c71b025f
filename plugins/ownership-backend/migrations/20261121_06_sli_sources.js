// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('sli_sources', table => {
    table.comment('How far each SLO that is read from a source has been read');
    table.integer('slo_id').primary();
    table.string('source', 100).notNullable().comment('Id of the source');
    table
      .string('digest', 64)
      .notNullable()
      .comment(
        'SHA-256 of what is read: another query or a longer window is read from the start',
      );
    table
      .bigInteger('read_to')
      .comment('Up to where it was read, seconds since the epoch');
    table
      .bigInteger('data_end')
      .comment('End of the latest bucket that was read, as above');
    table.text('error').comment('Why the last attempt failed, in words');
    table
      .string('error_since', 24)
      .comment('Since when every attempt has failed');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sli_sources');
};
