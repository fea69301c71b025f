// @ts-check

// A list of findings says how many there are, and a team may have most of
// those of the catalog. So the database keeps count: of the findings that are
// owned alike, by what lists are filtered by. It does so itself; no write can
// forget to, and a count is never another one than that of the rows.
//
// Law: `findings.owners` are the owners of the component, of one that is gone
// the last ones, and each component has one such text: what is counted by it
// counts once, however many of the owners are in a team.

const STANDING = `state IN ('open', 'acknowledged')`;
const OWNER_TABLES = ['component_owners', 'tombstone_owners'];
const KEY = 'owners, state, severity_rank, rule_id';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('owner_sets', table => {
    table.comment('The single owners of each text of owners there ever was');
    // Without a key: two writers that meet would wait for each other, up to a
    // deadlock. Whatever reads it takes a row that is there twice as one.
    table.text('owners').notNullable();
    table.string('owner_ref', 300).notNullable();
    table.index(['owner_ref', 'owners']);
    table.index(['owners']);
  });
  await knex.schema.createTable('finding_counts', table => {
    table.comment('Numbers of findings; the sum of all rows of a kind counts');
    table.text('owners').notNullable();
    table.string('state', 20).notNullable();
    table.integer('severity_rank').notNullable();
    table.string('rule_id', 100).notNullable();
    table.integer('count').notNullable();
  });
  if (!isPostgres(knex)) {
    // PostgreSQL goes over them all, which are a tenth of the findings.
    await knex.raw(
      `CREATE UNIQUE INDEX finding_counts_index ON finding_counts (${KEY})`,
    );
  }

  await knex.raw(
    `ALTER TABLE findings ADD COLUMN owners text
      ${isPostgres(knex) ? '' : `NOT NULL DEFAULT '[]'`}`,
  );
  await knex.raw(
    `UPDATE findings SET owners = (${ownersOf(knex, 'findings.entity_ref')})`,
  );
  if (isPostgres(knex)) {
    await knex.raw('ALTER TABLE findings ALTER COLUMN owners SET NOT NULL');
  }
  await knex.raw(
    `INSERT INTO finding_counts (${KEY}, count)
      SELECT ${KEY}, count(*) FROM findings GROUP BY ${KEY}`,
  );
  await knex.raw(
    `INSERT INTO owner_sets (owners, owner_ref)
      SELECT f.owners, ${each(knex)}
        FROM (SELECT DISTINCT owners FROM findings) f, ${parts(knex, 'f')}`,
  );

  // In the order of the page, with the owners to pass those of others, or by
  // owner and component, to find and to count those of some: both without
  // looking at the rows themselves.
  await knex.raw('DROP INDEX findings_standing_index');
  await knex.raw(
    `CREATE INDEX findings_standing_index
      ON findings (severity_rank, first_seen_at, id, owners, state)
      WHERE ${STANDING}`,
  );
  await knex.raw(
    `CREATE INDEX findings_owners_index
      ON findings (
        owners, state, entity_ref, severity_rank, first_seen_at, id
      )`,
  );
  await knex.raw(
    'DROP INDEX findings_state_severity_rank_first_seen_at_id_index',
  );
  await knex.raw(
    `CREATE INDEX findings_resting_index
      ON findings (state, severity_rank, first_seen_at, id)
      WHERE state <> 'open' AND state <> 'acknowledged'`,
  );

  await (isPostgres(knex) ? watchPostgres(knex) : watchSqlite(knex));
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of ['findings', ...OWNER_TABLES]) {
    for (const event of ['insert', 'update', 'delete', 'truncate']) {
      for (const trigger of [
        `${name}_${event}_counts`,
        `${name}_${event}_counts_off`,
        `${name}_${event}_owned`,
        `${name}_${event}_disowned`,
      ]) {
        await knex.raw(
          isPostgres(knex)
            ? `DROP TRIGGER IF EXISTS ${trigger} ON ${name}`
            : `DROP TRIGGER IF EXISTS ${trigger}`,
        );
      }
    }
  }
  if (isPostgres(knex)) {
    await knex.raw('DROP FUNCTION count_findings()');
    await knex.raw('DROP FUNCTION forget_finding_counts()');
    await knex.raw('DROP FUNCTION own_finding()');
    await knex.raw('DROP FUNCTION own_findings()');
  }
  await knex.raw('DROP INDEX findings_resting_index');
  await knex.raw('DROP INDEX findings_owners_index');
  await knex.raw('DROP INDEX findings_standing_index');
  await knex.raw('ALTER TABLE findings DROP COLUMN owners');
  await knex.raw(
    `CREATE INDEX findings_standing_index
      ON findings (severity_rank, first_seen_at, id)
      WHERE ${STANDING}`,
  );
  await knex.raw(
    `CREATE INDEX findings_state_severity_rank_first_seen_at_id_index
      ON findings (state, severity_rank, first_seen_at, id)`,
  );
  await knex.schema.dropTable('finding_counts');
  await knex.schema.dropTable('owner_sets');
};

/**
 * Every statement adds rows of its own and changes none: writers never wait for
 * each other, and what is committed is always the right sum. After a scan the
 * rows of a kind are taken together (`mergeFindingCounts`).
 *
 * @param {import('knex').Knex} knex
 */
async function watchPostgres(knex) {
  const define = (/** @type {string} */ name, /** @type {string} */ body) =>
    knex.raw(
      `CREATE FUNCTION ${name}() RETURNS trigger
        LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ ${body} $$`,
    );

  // Its argument is what a row counts: 1, or -1 for what it was before.
  await define(
    'count_findings',
    `BEGIN
      INSERT INTO finding_counts (${KEY}, count)
        SELECT ${KEY}, TG_ARGV[0]::int * count(*) FROM counted GROUP BY ${KEY};
      IF TG_ARGV[0] = '1' THEN
        INSERT INTO owner_sets (owners, owner_ref)
          SELECT c.owners, ${each(knex)}
            FROM (SELECT DISTINCT owners FROM counted) c, ${parts(knex, 'c')}
            WHERE NOT EXISTS (
              SELECT FROM owner_sets s WHERE s.owners = c.owners
            );
      END IF;
      RETURN NULL;
    END`,
  );
  for (const [event, rows, name, sign] of [
    ['insert', 'NEW', 'counts', '1'],
    ['update', 'NEW', 'counts', '1'],
    ['update', 'OLD', 'counts_off', '-1'],
    ['delete', 'OLD', 'counts_off', '-1'],
  ]) {
    await knex.raw(
      `CREATE TRIGGER findings_${event}_${name} AFTER ${event} ON findings
        REFERENCING ${rows} TABLE AS counted
        FOR EACH STATEMENT EXECUTE FUNCTION count_findings('${sign}')`,
    );
  }
  await define(
    'forget_finding_counts',
    'BEGIN DELETE FROM finding_counts; RETURN NULL; END',
  );
  await knex.raw(
    `CREATE TRIGGER findings_truncate_counts AFTER TRUNCATE ON findings
      FOR EACH STATEMENT EXECUTE FUNCTION forget_finding_counts()`,
  );

  // A scan knows the owners; to look them up row by row would take as long as
  // writing the rows.
  await define(
    'own_finding',
    `BEGIN
      NEW.owners := (${ownersOf(knex, 'NEW.entity_ref')});
      RETURN NEW;
    END`,
  );
  await knex.raw(
    `CREATE TRIGGER findings_insert_owned BEFORE INSERT ON findings
      FOR EACH ROW WHEN (NEW.owners IS NULL) EXECUTE FUNCTION own_finding()`,
  );
  await define(
    'own_findings',
    `BEGIN
      UPDATE findings f SET owners = fresh.owners
        FROM (
          SELECT entity_ref, (${ownersOf(knex, 'found.entity_ref')}) AS owners
            FROM (
              SELECT DISTINCT entity_ref FROM findings
                WHERE entity_ref = ANY (ARRAY(SELECT entity_ref FROM changed))
            ) found
        ) fresh
        WHERE f.entity_ref = fresh.entity_ref AND f.owners <> fresh.owners;
      RETURN NULL;
    END`,
  );
  for (const table of OWNER_TABLES) {
    for (const [event, rows, name] of [
      ['insert', 'NEW', 'owned'],
      ['update', 'NEW', 'owned'],
      ['update', 'OLD', 'disowned'],
      ['delete', 'OLD', 'disowned'],
    ]) {
      await knex.raw(
        `CREATE TRIGGER ${table}_${event}_${name} AFTER ${event} ON ${table}
          REFERENCING ${rows} TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION own_findings()`,
      );
    }
  }
}

/**
 * SQLite has one writer at a time, and each kind one row.
 *
 * @param {import('knex').Knex} knex
 */
async function watchSqlite(knex) {
  const countOn = `
    INSERT INTO finding_counts (${KEY}, count)
      VALUES (NEW.owners, NEW.state, NEW.severity_rank, NEW.rule_id, 1)
      ON CONFLICT (${KEY}) DO UPDATE SET count = count + 1;
    INSERT INTO owner_sets (owners, owner_ref)
      SELECT NEW.owners, ${each(knex)} FROM ${parts(knex, 'NEW')}
        WHERE NOT EXISTS (SELECT 1 FROM owner_sets WHERE owners = NEW.owners);`;
  const countOff = `
    UPDATE finding_counts SET count = count - 1
      WHERE owners = OLD.owners AND state = OLD.state
        AND severity_rank = OLD.severity_rank AND rule_id = OLD.rule_id;`;
  const own = (/** @type {'NEW' | 'OLD'} */ row) => `
    UPDATE findings SET owners = (${ownersOf(knex, `${row}.entity_ref`)})
      WHERE entity_ref = ${row}.entity_ref
        AND owners <> (${ownersOf(knex, `${row}.entity_ref`)});`;

  for (const [name, event, actions] of [
    ['findings_insert_counts', 'INSERT ON findings', countOn + own('NEW')],
    [
      'findings_update_counts',
      `UPDATE OF ${KEY} ON findings`,
      countOff + countOn,
    ],
    ['findings_delete_counts', 'DELETE ON findings', countOff],
    ...OWNER_TABLES.flatMap(table => [
      [`${table}_insert_owned`, `INSERT ON ${table}`, own('NEW')],
      [`${table}_update_owned`, `UPDATE ON ${table}`, own('OLD') + own('NEW')],
      [`${table}_delete_disowned`, `DELETE ON ${table}`, own('OLD')],
    ]),
  ]) {
    await knex.raw(
      `CREATE TRIGGER ${name} AFTER ${event} BEGIN ${actions} END`,
    );
  }
}

/**
 * The owners of a component as one text, a JSON array in the order of refs, to
 * the letter as `ownersText` writes it.
 *
 * @param {import('knex').Knex} knex
 * @param {string} entityRef
 */
function ownersOf(knex, entityRef) {
  const owners = OWNER_TABLES.map(
    table => `SELECT owner_ref FROM ${table} WHERE entity_ref = ${entityRef}`,
  ).join(' UNION ');
  return isPostgres(knex)
    ? `SELECT '[' || coalesce(
        string_agg(to_json(owner_ref)::text, ',' ORDER BY owner_ref COLLATE "C"),
        ''
      ) || ']' FROM (${owners}) o`
    : `SELECT json_group_array(owner_ref) FROM (${owners} ORDER BY owner_ref)`;
}

/**
 * The single owners in the column `owners` of a row, and what to read of each.
 *
 * @param {import('knex').Knex} knex
 * @param {string} row
 */
function parts(knex, row) {
  return isPostgres(knex)
    ? `json_array_elements_text(${row}.owners::json) part`
    : `json_each(${row}.owners) part`;
}

/** @param {import('knex').Knex} knex */
function each(knex) {
  return isPostgres(knex) ? 'part' : 'part.value';
}

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}
