// What an SLO takes of a database in a year, and that what is not kept goes on
// schedule: a year of hours, and ten days collected day by day.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import knexFactory from 'knex';
import { startPostgres } from './postgres.mjs';
import { definitions } from './sli/definitions.mjs';
import { verdict } from './sli/verdict.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const source = '../plugins/ownership-backend/src/slo';
const { scheduleSlos } = require(`${source}/scheduleSlos`);
const { SliCollector } = require(`${source}/SliCollector`);
const { SloService } = require(`${source}/SloService`);

const COUNT = 20;
const HOUR = 3600;
const DAY = 86_400;
/** A longest window of a year, so that a year is read at first sight. */
const WINDOW = 365 * DAY;

const migrations = fileURLToPath(
  new URL('../plugins/ownership-backend/migrations', import.meta.url),
);
const logger = { debug() {}, info() {}, warn: console.warn };
const signal = new AbortController().signal;

/** Answers as a metrics server that has seen it all. */
const metrics = {
  id: 'benchmark',
  reads: () => true,
  async *read({ requests }) {
    for (const request of requests) {
      const { from, to, seconds } = request;
      const buckets = [];
      for (let start = from; start < to; start += seconds) {
        // Fractions, as extrapolated increases are.
        const total = seconds * 12.345 + (start % 977) / 7;
        buckets.push({ start, seconds, total, good: total - (start % 13) / 9 });
      }
      yield { request, buckets, readTo: to };
    }
  },
};

async function measure({ knex, bytes }) {
  await knex.migrate.latest({ directory: migrations });
  const empty = await bytes();
  let clock = Math.floor(Date.now() / 1000 / DAY) * DAY;
  const now = () => new Date(clock * 1000);
  const slos = new SloService({ knex, logger, now });
  const tasks = new Map();
  await scheduleSlos({
    scheduler: { scheduleTask: async task => tasks.set(task.id, task) },
    slos,
    slis: new SliCollector({ knex, slos, logger, now, sources: [metrics] }),
    alerts: { send: async () => {} },
    discoverer: { discover: async () => {} },
    logger,
  });
  await slos.syncDefinitions({
    definitionsByEntity: new Map(
      definitions(COUNT).map(each => [
        each.origin.entityRef,
        [
          {
            ...each,
            window: {
              type: 'rolling',
              duration: '365d',
              durationSeconds: WINDOW,
            },
          },
        ],
      ]),
    ),
  });
  const collect = () => tasks.get('sli-collection').fn(signal);
  const retain = () => tasks.get('slo-retention').fn(signal);
  await collect();
  let fullest = 0;
  for (let day = 0; day < 10; day++) {
    clock += DAY;
    await collect();
    fullest = Math.max(fullest, (await bytes()) - empty);
    await retain();
  }
  const kept = (await bytes()) - empty;
  const count = async (seconds, before) =>
    Number(
      (
        await knex('sli_buckets')
          .where({ seconds })
          .where('start', '<', before)
          .count({ n: '*' })
      )[0].n,
    );
  const [{ fine_seconds: fine }] = await knex('slos').select('fine_seconds');
  const figures = {
    perSloAndYear: kept / COUNT,
    fullest: fullest / COUNT,
    every: tasks.get('slo-retention').frequency.hours,
    fineKept: await count(300, Number.MAX_SAFE_INTEGER),
    fineTooOld: await count(300, clock - fine - HOUR),
    hours: await count(HOUR, Number.MAX_SAFE_INTEGER),
  };
  clock += 401 * DAY;
  await retain();
  return { ...figures, hoursTooOld: await count(HOUR, clock - 401 * DAY) };
}

const directory = await mkdtemp(join(tmpdir(), 'ownership-storage-'));
const file = join(directory, 'ownership.sqlite');
const sqlite = knexFactory({
  client: 'better-sqlite3',
  connection: { filename: file },
  useNullAsDefault: true,
});
const postgres = await startPostgres({
  folder: fileURLToPath(
    new URL('../.data/benchmark-sli/postgres', import.meta.url),
  ),
});
const admin = knexFactory({ client: 'pg', connection: postgres.connection });
const database = `storage_${process.pid}`;
await admin.raw('create database ??', [database]);
const pg = knexFactory({
  client: 'pg',
  connection: { ...postgres.connection, database },
});
try {
  for (const [name, options] of [
    ['SQLite', { knex: sqlite, bytes: async () => (await stat(file)).size }],
    [
      'PostgreSQL',
      {
        knex: pg,
        bytes: async () => {
          const { rows } = await pg.raw(
            `select pg_total_relation_size('sli_buckets') as bytes`,
          );
          return Number(rows[0].bytes);
        },
      },
    ],
  ]) {
    const seen = await measure(options);
    console.log(
      `${name}: ${(seen.perSloAndYear / 1024).toFixed(
        0,
      )} KiB an SLO and year, ${(seen.fullest / 1024).toFixed(
        0,
      )} KiB at its fullest; ${seen.fineKept / COUNT} 5-minute buckets and ${
        seen.hours / COUNT
      } hours of each`,
    );
    verdict([
      { what: 'hours between two drops', seen: seen.every, most: 24 },
      { what: '5-minute buckets too old', seen: seen.fineTooOld, most: 0 },
      {
        what: 'hours of each SLO, of a year and ten days',
        seen: seen.hours / COUNT,
        least: 375 * 24 - 1,
      },
      {
        what: 'hours left after 400 days more',
        seen: seen.hoursTooOld,
        most: 0,
      },
    ]);
  }
} finally {
  await sqlite.destroy();
  await rm(directory, { recursive: true, force: true });
  await pg.destroy();
  await admin.raw('drop database ?? with (force)', [database]);
  await admin.destroy();
  await postgres.stop();
}
