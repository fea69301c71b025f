// @ts-check

// Buckets are numbers throughout: there are millions of them. Their starts are
// seconds since the epoch, unlike the moments of other tables.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('slos', table => {
    table.comment('SLO definitions of the last complete scan');
    table.increments('id');
    table.string('entity_ref', 300).notNullable();
    table.string('name', 100).notNullable();
    table.text('definition').notNullable().comment('JSON: SloDefinition');
    table
      .string('removed_at', 24)
      .comment(
        'Set when nothing defines it any more; its buckets stay a while, so that a contract that was broken for a day loses nothing',
      );
    table
      .bigInteger('last_data_end')
      .comment('End of its latest bucket in seconds since the epoch');
    table
      .integer('fine_seconds')
      .notNullable()
      .comment('For how long its 5-minute buckets are kept');
    table
      .integer('revision')
      .notNullable()
      .comment('Goes up with every change of the definition or the buckets');
    table
      .integer('evaluated_revision')
      .notNullable()
      .comment('The revision its status was worked out from');
    table
      .bigInteger('due_at')
      .comment(
        'When time alone changes the status (data turns stale, a period ends), seconds since the epoch',
      );
    table.unique(['entity_ref', 'name']);
    table.index(['due_at']);
  });

  await knex.schema.createTable('sli_buckets', table => {
    table.comment(
      'Good and total events by SLO, in 5-minute and in hourly buckets. An hour is the sum of its 5-minute buckets while these are kept',
    );
    table.integer('slo_id').notNullable();
    table.integer('seconds').notNullable().comment('300 or 3600');
    table
      .bigInteger('start')
      .notNullable()
      .comment('Seconds since the epoch, a multiple of seconds');
    table.double('good').notNullable();
    table.double('total').notNullable();
    table
      .integer('covered')
      .notNullable()
      .comment('Seconds of the bucket that have data');
    table.primary(['slo_id', 'seconds', 'start']);
  });

  await knex.schema.createTable('sli_pushes', table => {
    table.comment('Pushes by caller and idempotency key, to answer a replay');
    table
      .string('key', 64)
      .primary()
      .comment('SHA-256 of caller and idempotency key');
    table
      .string('digest', 64)
      .notNullable()
      .comment('SHA-256 of the samples: one key stands for one content');
    table.string('pushed_at', 24).notNullable();
    table.text('result').notNullable().comment('JSON: the answer given');
    table.index(['pushed_at']);
  });

  await knex.schema.createTable('slo_statuses', table => {
    table.comment('The status of each SLO as last worked out');
    table.integer('slo_id').primary();
    table.string('entity_ref', 300).notNullable();
    table.string('slo', 100).notNullable();
    table.string('state', 20).notNullable();
    table
      .double('remaining')
      .comment('Remaining budget; null where there is none to tell');
    table
      .integer('remaining_order')
      .notNullable()
      .comment('Remaining budget in millionths to sort by; unknown comes last');
    table
      .integer('burn_order')
      .notNullable()
      .comment('Burn rate in thousandths below 0 to sort by, highest first');
    table
      .bigInteger('last_data_end')
      .notNullable()
      .comment('As in slos; 0 where there is none');
    table.text('search').notNullable().comment('Lower-case text to find it by');
    table.text('status').notNullable().comment('JSON: SloStatus');
    table
      .bigInteger('sparkline_hour')
      .comment('The hour the small chart in the status ends in');
    table.index(['entity_ref']);
    table.index(['remaining_order', 'entity_ref', 'slo']);
    table.index(['state']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('slo_statuses');
  await knex.schema.dropTable('sli_pushes');
  await knex.schema.dropTable('sli_buckets');
  await knex.schema.dropTable('slos');
};
