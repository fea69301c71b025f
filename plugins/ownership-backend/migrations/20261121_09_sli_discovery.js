// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('slos', table => {
    table
      .string('discovered_by', 150)
      .comment(
        'Which server of which source recorded it; null where a contract or the catalog defines it',
      );
  });
  await knex.schema.alterTable('sli_buckets', table => {
    table
      .smallint('pushed')
      .comment(
        '1 where samples that were pushed are in it, 0 where all of it was read from a source, null where it is older than this column',
      );
  });
  await knex.schema.createTable('sli_discoveries', table => {
    table.comment('What the last look for recorded SLOs found, by server');
    table.string('discovered_by', 150).primary();
    table.string('looked_at', 24).notNullable().comment('The last success');
    table
      .text('unassigned')
      .notNullable()
      .comment('JSON: SLOs that belong to no component, with the reason');
    table.text('error').comment('Why the last attempt failed, in words');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sli_discoveries');
  await knex.schema.alterTable('sli_buckets', table => {
    table.dropColumn('pushed');
  });
  await knex.schema.alterTable('slos', table => {
    table.dropColumn('discovered_by');
  });
};
