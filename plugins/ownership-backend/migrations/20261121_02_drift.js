// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('components', table => {
    table.comment('Components as the last scan judged them');
    table.string('entity_ref', 300).primary();
    table.string('kind', 63).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 63).notNullable();
    table.text('title');
    table.string('tier', 20);
    table.string('lifecycle', 100);
    table.string('system_ref', 300);
    table.string('domain_ref', 300);
    table.string('state', 20).notNullable();
    table.string('state_since', 24).notNullable();
    table.text('state_reason').notNullable();
    table.string('review_due_at', 24);
    table
      .string('fingerprint', 64)
      .notNullable()
      .comment('Changes when anything in this row would');
    table
      .text('document')
      .notNullable()
      .comment('JSON: owners, captain, effective contract, titles');
    table.index(['state', 'entity_ref']);
    table.index(['system_ref']);
    table.index(['domain_ref']);
    table.index(['review_due_at']);
  });

  await knex.schema.createTable('component_owners', table => {
    table.comment('The ownedBy targets of each component, resolving or not');
    table.string('entity_ref', 300).notNullable();
    table.string('owner_ref', 300).notNullable();
    table.primary(['entity_ref', 'owner_ref']);
    table.index(['owner_ref', 'entity_ref']);
  });

  await knex.schema.createTable('findings', table => {
    table.comment('A rule that fails, or failed, for a component');
    table.string('id', 500).primary();
    table.string('rule_id', 100).notNullable();
    table.string('entity_ref', 300).notNullable();
    table.string('severity', 10).notNullable();
    table
      .integer('severity_rank')
      .notNullable()
      .comment('0 critical to 3 low, to sort by');
    table.string('state', 20).notNullable();
    table.text('message').notNullable();
    table.text('remediation').notNullable();
    table.text('evidence').notNullable().comment('JSON array');
    table.string('first_seen_at', 24).notNullable();
    table
      .string('last_seen_at', 24)
      .comment('Set when closed; an open finding was seen by the last scan');
    table.string('closed_at', 24);
    table.string('closed_reason', 50);
    table.integer('reopened_count').notNullable().defaultTo(0);
    table.string('snoozed_until', 24);
    table.string('acknowledged_by', 300);
    table.text('waiver_reason');
    table.string('waiver_requested_by', 300);
    table.string('waiver_approved_by', 300);
    table.string('waiver_expires_at', 24);
    table.index(['entity_ref']);
    table.index(['state', 'severity_rank', 'first_seen_at', 'id']);
    table.index(['rule_id', 'state']);
    table.index(['closed_at']);
  });

  await knex.schema.createTable('finding_events', table => {
    table.comment('The time line of each finding');
    table.bigIncrements('id');
    table.string('finding_id', 500).notNullable();
    table.string('at', 24).notNullable();
    table.string('type', 30).notNullable();
    table.string('by', 300);
    table.text('detail');
    table.index(['finding_id', 'id']);
  });

  await knex.schema.createTable('tombstones', table => {
    table.comment('Components that left the catalog');
    table.string('entity_ref', 300).primary();
    table.text('title');
    table.string('state', 20).notNullable();
    table.string('removed_at', 24).notNullable();
    table.integer('open_findings').notNullable();
    table.text('removed_by');
    table.index(['removed_at', 'entity_ref']);
  });

  await knex.schema.createTable('tombstone_owners', table => {
    table.comment('Who owned what left, so that a team finds its own');
    table.string('entity_ref', 300).notNullable();
    table.string('owner_ref', 300).notNullable();
    table.primary(['entity_ref', 'owner_ref']);
    table.index(['owner_ref']);
  });

  await knex.schema.createTable('scans', table => {
    table.comment('Drift scans; at most one is queued or running');
    table.string('id', 36).primary();
    table.string('state', 20).notNullable();
    table.integer('processed').notNullable().defaultTo(0);
    table.integer('total').notNullable().defaultTo(0);
    table.string('started_at', 24).notNullable();
    table.string('heartbeat_at', 24).notNullable();
    table.string('finished_at', 24);
    table.integer('opened').notNullable().defaultTo(0);
    table.integer('reopened').notNullable().defaultTo(0);
    table.integer('closed').notNullable().defaultTo(0);
    table.integer('unchanged').notNullable().defaultTo(0);
    table.string('requested_by', 300);
    table.text('reason');
    table.text('error');
    table.index(['started_at', 'id']);
    table.index(['state', 'started_at']);
  });
  // The database itself keeps a second scan from starting beside the first.
  await knex.raw(
    `CREATE UNIQUE INDEX scans_one_active ON scans ((1)) WHERE state IN ('queued', 'running')`,
  );

  await knex.schema.createTable('drift_history', table => {
    table.comment('One row a day: the last complete scan of that day');
    table.string('day', 10).notNullable();
    table
      .string('scope', 300)
      .notNullable()
      .comment('A group ref with everything below it, or * for all');
    table.string('at', 24).notNullable();
    table.integer('open').notNullable();
    table.integer('opened').notNullable();
    table.integer('closed').notNullable();
    table.integer('owned').notNullable();
    table.integer('at_risk').notNullable();
    table.integer('orphaned').notNullable();
    table.integer('unknown').notNullable();
    table.primary(['scope', 'day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('drift_history');
  await knex.schema.dropTable('scans');
  await knex.schema.dropTable('tombstone_owners');
  await knex.schema.dropTable('tombstones');
  await knex.schema.dropTable('finding_events');
  await knex.schema.dropTable('findings');
  await knex.schema.dropTable('component_owners');
  await knex.schema.dropTable('components');
};
