// SQL statements behind the SLO pages, with 2,000 SLOs and 28 days of data.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import knexFactory from 'knex';
import { median, timed } from './measure.mjs';
import { startPostgres } from './postgres.mjs';
import { definitions } from './sli/definitions.mjs';
import { verdict } from './sli/verdict.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  SloService,
} = require('../plugins/ownership-backend/src/slo/SloService');

const COUNT = 2000;
const HOUR = 3600;
const DAY = 86_400;
const ROUNDS = 50;

const folder = fileURLToPath(
  new URL('../.data/benchmark-sli/postgres', import.meta.url),
);
const postgres = await startPostgres({ folder });
const admin = knexFactory({ client: 'pg', connection: postgres.connection });
const database = `reads_${process.pid}`;
await admin.raw('create database ??', [database]);
const knex = knexFactory({
  client: 'pg',
  connection: { ...postgres.connection, database },
});
try {
  await knex.migrate.latest({
    directory: fileURLToPath(
      new URL('../plugins/ownership-backend/migrations', import.meta.url),
    ),
  });
  const end = Math.floor(Date.now() / 1000 / HOUR) * HOUR;
  const slos = new SloService({
    knex,
    logger: { debug() {}, warn: console.warn },
    now: () => new Date((end + 60) * 1000),
  });
  await slos.syncDefinitions({
    definitionsByEntity: new Map(
      definitions(COUNT).map(each => [each.origin.entityRef, [each]]),
    ),
  });
  // 5-minute buckets of 6 days, hours of 28.
  for (const [seconds, days] of [
    [300, 6],
    [HOUR, 28],
  ]) {
    await knex.raw(
      `insert into sli_buckets (slo_id, seconds, start, good, total, covered, pushed)
       select id, ${seconds}, start, ${seconds} - id % 7, ${seconds}, ${seconds}, 0
       from slos, generate_series(${end - days * DAY}, ${
        end - seconds
      }, ${seconds}) start`,
    );
  }
  await knex('slos').update({ revision: 2, last_data_end: end });
  await knex.raw('analyze');
  const evaluation = await timed(() => slos.evaluate());

  const asked = [];
  knex.on('query', ({ sql }) => asked.push(sql));
  const measure = async ask => {
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push(await timed(ask));
    }
    asked.length = 0;
    const answer = await ask();
    return {
      answer,
      statements: asked.length,
      overBuckets: asked.filter(sql => sql.includes('sli_buckets')).length,
      time: median(times),
    };
  };
  const row = await measure(() => knex('slos').where({ id: 1 }).first());
  const page = await measure(() =>
    slos.list({ query: { limit: 50 }, visible: 'all' }),
  );
  const chart = await measure(() =>
    slos.history({ entityRef: 'component:default/c-7', slo: 'slo-7' }),
  );
  console.log(
    `${COUNT} SLOs evaluated in ${Math.round(evaluation)} ms; a page of ${
      page.answer.items.length
    } takes ${(page.time / row.time).toFixed(1)} x a read of one row, ${
      chart.answer.points.length
    } points of a burn-down ${(chart.time / row.time).toFixed(1)} x`,
  );
  verdict([
    { what: 'statements of a page of 50', seen: page.statements, most: 3 },
    {
      what: 'statements over the buckets for a 28-day burn-down',
      seen: chart.overBuckets,
      most: 1,
    },
    { what: 'statements of it in all', seen: chart.statements },
  ]);
} finally {
  await knex.destroy();
  await admin.raw('drop database ?? with (force)', [database]);
  await admin.destroy();
  await postgres.stop();
}
