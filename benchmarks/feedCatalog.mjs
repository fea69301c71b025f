import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { sleep } from './measure.mjs';

const CHUNK = 2000;

/**
 * Has the catalog ingest an organisation, unless the folder has it already,
 * and waits until everything is stitched.
 *
 * @returns what `generateOrganisation` was called with
 */
export async function feedCatalog({
  portal,
  connection,
  folder,
  components,
  seed,
}) {
  const note = join(folder, 'organisation.json');
  const known = await readFile(note, 'utf8').catch(() => undefined);
  if (known) {
    return JSON.parse(known);
  }
  const options = {
    components,
    seed,
    today: new Date().toISOString().slice(0, 10),
    rare: true,
  };
  let total = CHUNK;
  for (let from = 0; from < total; from += CHUNK) {
    ({ total } = await portal.ask('feed', {
      ...options,
      from,
      to: from + CHUNK,
    }));
    await catalogAtRest({ connection });
    process.stderr.write(
      `\rfed ${Math.min(total, from + CHUNK)} of ${total} entities`,
    );
  }
  process.stderr.write('\n');
  await inCatalog(connection, client => client.query('VACUUM ANALYZE'));
  await writeFile(note, JSON.stringify(options));
  return options;
}

/** Waits until nothing is left to process or to stitch. */
export async function catalogAtRest({ connection }) {
  await inCatalog(connection, async client => {
    for (let round = 0, quiet = 0; quiet < 2; round++) {
      await sleep(250);
      if (round % 40 === 0) {
        await client.query('ANALYZE');
      }
      const { rows } = await client.query(
        `SELECT (SELECT count(*) FROM refresh_state WHERE next_update_at < now() + interval '1 hour')
              + (SELECT count(*) FROM stitch_queue) AS left`,
      );
      quiet = Number(rows[0].left) === 0 ? quiet + 1 : 0;
    }
  });
}

async function inCatalog(connection, run) {
  const client = new pg.Client({
    ...connection,
    database: 'backstage_plugin_catalog',
  });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
