// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('components', table => {
    table
      .string('repository', 500)
      .comment('Where its code is, to find its neighbours: host and path');
    table.index(['repository'], 'components_repository_index');
  });

  await knex.schema.createTable('former_owners', table => {
    table.comment('Who owned a component before it was orphaned');
    table.string('entity_ref', 300).notNullable();
    table.string('owner_ref', 300).notNullable();
    table.string('until', 24).notNullable();
    table.primary(['entity_ref', 'owner_ref']);
    table.index(['until']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('former_owners');
  await knex.schema.alterTable('components', table => {
    table.dropIndex(['repository'], 'components_repository_index');
    table.dropColumn('repository');
  });
};
