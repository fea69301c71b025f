// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw('DROP INDEX scans_one_active');
  await knex.raw(
    'ALTER TABLE scans ADD COLUMN follows_up boolean NOT NULL DEFAULT false',
  );
  // A scan whose consequences are still worked out keeps its place.
  await knex.raw(
    `CREATE UNIQUE INDEX scans_one_active ON scans ((1)) WHERE state IN ('queued', 'running') OR follows_up`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX scans_one_active');
  await knex.raw('ALTER TABLE scans DROP COLUMN follows_up');
  await knex.raw(
    `CREATE UNIQUE INDEX scans_one_active ON scans ((1)) WHERE state IN ('queued', 'running')`,
  );
};
