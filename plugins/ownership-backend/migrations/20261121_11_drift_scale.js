// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // With the state in it, the findings of a team are counted in the index.
  await knex.schema.alterTable('findings', table => {
    table.dropIndex(['entity_ref']);
    table.index(['entity_ref', 'state']);
  });
  if (isPostgres(knex)) {
    // Packing long documents took a quarter of the time of writing components,
    // and those that are not packed no longer lie among the columns that lists
    // and sums go over.
    await knex.raw(
      'ALTER TABLE components ALTER COLUMN document SET STORAGE EXTERNAL',
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (isPostgres(knex)) {
    await knex.raw(
      'ALTER TABLE components ALTER COLUMN document SET STORAGE EXTENDED',
    );
  }
  await knex.schema.alterTable('findings', table => {
    table.dropIndex(['entity_ref', 'state']);
    table.index(['entity_ref']);
  });
};

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
