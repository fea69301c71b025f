// @ts-check

// What a list, count or summary of findings depends on. The database itself
// keeps watch: no write can forget to say that it took place.
//
// SQLite drops the triggers of a table that a later migration builds anew.
const WATCHED = [
  'findings',
  'waiver_requests',
  'finding_assignees',
  'components',
  'component_owners',
  'tombstones',
  'tombstone_owners',
  'directory_closure',
  'directory_principals',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The report as it opens: worst first, whatever the number of those closed.
  await knex.raw(
    `CREATE INDEX findings_standing_index
      ON findings (severity_rank, first_seen_at, id)
      WHERE state IN ('open', 'acknowledged')`,
  );

  await knex.schema.createTable('report_revisions', table => {
    table.comment('Together the revision of all that the drift report reads');
    table.bigInteger('token').primary();
  });
  if (isPostgres(knex)) {
    await watchPostgres(knex);
  } else {
    await watchSqlite(knex);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of WATCHED) {
    for (const event of ['insert', 'update', 'delete', 'truncate']) {
      if (isPostgres(knex)) {
        await knex.raw(
          `DROP TRIGGER IF EXISTS ${table}_${event}_revises ON ${table}`,
        );
      } else {
        await knex.raw(`DROP TRIGGER IF EXISTS ${table}_${event}_revises`);
      }
    }
  }
  if (isPostgres(knex)) {
    await knex.raw('DROP FUNCTION revise_report()');
  }
  await knex.schema.dropTable('report_revisions');
  await knex.raw('DROP INDEX findings_standing_index');
};

/**
 * Each transaction that changes something adds a token of its own and takes
 * away those that others left. One row that all of them change would have them
 * wait for each other, up to a deadlock.
 *
 * Law: once a change is committed, the tokens are never again together what
 * they were before it. Its token was not among them, and can only be taken away
 * along with a newer one that was not either.
 *
 * @param {import('knex').Knex} knex
 */
async function watchPostgres(knex) {
  await knex.raw(`
    CREATE FUNCTION revise_report() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    DECLARE
      mine bigint := pg_current_xact_id()::text::bigint;
    BEGIN
      IF TG_OP IN ('UPDATE', 'DELETE') THEN
        IF NOT EXISTS (SELECT FROM changed) THEN
          RETURN NULL;
        END IF;
      END IF;
      INSERT INTO report_revisions (token) VALUES (mine) ON CONFLICT DO NOTHING;
      IF FOUND THEN
        DELETE FROM report_revisions WHERE token IN (
          SELECT token FROM report_revisions WHERE token <> mine
            FOR UPDATE SKIP LOCKED
        );
      END IF;
      RETURN NULL;
    END
    $$`);
  for (const table of WATCHED) {
    for (const [event, changed] of [
      ['insert', ''],
      ['update', 'REFERENCING NEW TABLE AS changed'],
      ['delete', 'REFERENCING OLD TABLE AS changed'],
      ['truncate', ''],
    ]) {
      await knex.raw(
        `CREATE TRIGGER ${table}_${event}_revises AFTER ${event} ON ${table}
          ${changed} FOR EACH STATEMENT EXECUTE FUNCTION revise_report()`,
      );
    }
  }
}

/**
 * SQLite has one writer at a time: one number that counts up does.
 *
 * @param {import('knex').Knex} knex
 */
async function watchSqlite(knex) {
  await knex('report_revisions').insert({ token: 1 });
  for (const table of WATCHED) {
    for (const event of ['insert', 'update', 'delete']) {
      await knex.raw(
        `CREATE TRIGGER ${table}_${event}_revises AFTER ${event} ON ${table}
          BEGIN UPDATE report_revisions SET token = token + 1; END`,
      );
    }
  }
}

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
