// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('scans', table => {
    table
      .string('holder', 36)
      .comment('Who runs it: another one for each backend that carries it on');
    table
      .string('judged_by', 40)
      .comment('A digest of rules and settings, once parts may be judged');
    table
      .boolean('resumable')
      .notNullable()
      .defaultTo(false)
      .comment('All that is needed to carry it on is in its world and parts');
  });
  await knex.schema.createTable('scan_worlds', table => {
    table.comment('What all verdicts of a divided scan are made by; JSON');
    table.string('scan_id', 36).notNullable();
    table.integer('chunk').notNullable();
    table.text('body').notNullable();
    table.primary(['scan_id', 'chunk']);
  });
  await knex.schema.createTable('scan_parts', table => {
    table.comment('Components of a divided scan that are judged together');
    table.string('scan_id', 36).notNullable();
    table.integer('part').notNullable();
    table.text('entity_refs').notNullable().comment('A JSON array');
    table.string('taken_by', 36).comment('The worker that judges it');
    table.string('alive_at', 30).comment('Its last sign of life; ISO 8601');
    table.text('outcome').comment('What the scan takes along; JSON. Judged');
    table.primary(['scan_id', 'part']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('scan_parts');
  await knex.schema.dropTable('scan_worlds');
  await knex.schema.alterTable('scans', table => {
    table.dropColumn('resumable');
    table.dropColumn('judged_by');
    table.dropColumn('holder');
  });
};
