// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scan_news', table => {
    table.comment(
      'What scans wrote and nobody was told of yet. Written with what it tells of in one transaction and removed once told: what is found here later was left by a backend that stopped',
    );
    table.string('id', 36).primary();
    table
      .string('kind', 10)
      .notNullable()
      .comment(
        'event: OwnershipEvent[]; digest: DigestMessage[], parts of the next digest; message: a notification',
      );
    table.string('at', 24).notNullable();
    table.text('body').notNullable().comment('JSON');
    table.index(['kind', 'at']);
  });
  if (knex.client.config.client === 'pg') {
    // It is gone in a moment: packing it would be for nothing.
    await knex.raw(
      'ALTER TABLE scan_news ALTER COLUMN body SET STORAGE EXTERNAL',
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('scan_news');
};
