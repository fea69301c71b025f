import pg from 'pg';
import { sleep } from './measure.mjs';

export const DATABASE = 'backstage_plugin_ownership';

/** Runs a scan to its end; gives its milliseconds. */
export async function runScan({ portal }) {
  const { id } = await portal.fetch('/api/ownership/drift/scans', {
    method: 'POST',
    body: '{}',
  });
  for (;;) {
    await sleep(100);
    const run = await portal.fetch(`/api/ownership/drift/scans/${id}`);
    if (run.state !== 'running' && run.state !== 'queued') {
      if (run.state !== 'completed') {
        throw new Error(`The scan ended as ${JSON.stringify(run)}`);
      }
      return Date.parse(run.finishedAt) - Date.parse(run.startedAt);
    }
  }
}

/** Waits until what follows from a completed scan is worked out. */
export async function scanFollowedUp({ connection }) {
  for (;;) {
    const { rows } = await inDatabase(
      { ...connection, database: DATABASE },
      'SELECT id FROM scans WHERE follows_up',
    );
    if (rows.length === 0) {
      return;
    }
    await sleep(100);
  }
}

/** Empties every table of the plugin: the next scan is a first one again. */
export async function forgetScans({ connection }) {
  const database = { ...connection, database: DATABASE };
  const { rows } = await inDatabase(
    database,
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'knex%' AND tablename NOT LIKE 'backstage_backend%'`,
  );
  if (rows.length > 0) {
    await inDatabase(
      database,
      `TRUNCATE ${rows.map(({ tablename }) => `"${tablename}"`).join(', ')}`,
    );
  }
}

/** Drops the database of a plugin; its migrations make it again. */
export async function dropDatabase({ connection, database }) {
  await inDatabase(
    { ...connection, database: 'postgres' },
    `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`,
  );
}

/** Runs one statement in the database that the connection names. */
export async function inDatabase(connection, sql) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
