// The process that reads SLIs, as the backend does: the collector, the
// Prometheus source and the store on a PostgreSQL. Started with a message
// channel, through which it is told the time.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import knexFactory from 'knex';
import { countStatements } from '../countStatements.mjs';
import { definitions } from './definitions.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  SliCollector,
} = require('../../plugins/ownership-backend/src/slo/SliCollector');
const {
  SloService,
} = require('../../plugins/ownership-backend/src/slo/SloService');
const {
  PrometheusSource,
} = require('../../plugins/ownership-backend-module-prometheus/src/slo/PrometheusSource');

const { connection, prometheus } = JSON.parse(process.env.BENCHMARK_SLI);
const statements = countStatements();
const knex = knexFactory({ client: 'pg', connection, pool: { max: 10 } });
await knex.migrate.latest({
  directory: new URL(
    '../../plugins/ownership-backend/migrations',
    import.meta.url,
  ).pathname,
});

let clock = new Date();
let withStats = false;
let http = { calls: 0, samples: 0 };
let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 10).unref();

const logger = {
  debug() {},
  info() {},
  warn: console.warn,
  error: console.error,
  child: () => logger,
};
const now = () => clock;
const slos = new SloService({ knex, logger, now });
const collector = new SliCollector({
  knex,
  slos,
  logger,
  now,
  sources: [
    new PrometheusSource({
      servers: [
        {
          name: 'main',
          url: prometheus,
          isDefault: true,
          headers: {},
          timeoutMs: 120_000,
          discovers: false,
        },
      ],
      world: {
        fetch: countedFetch,
        now,
        sleep: ms =>
          new Promise(resolve => {
            setTimeout(resolve, ms);
          }),
        random: Math.random,
        timeout: ms => AbortSignal.timeout(ms),
      },
    }),
  ],
});

async function countedFetch(url, init) {
  http.calls += 1;
  if (!withStats) {
    return fetch(url, init);
  }
  const response = await fetch(url, {
    ...init,
    body: `${init.body}&stats=all`,
  });
  const text = await response.text();
  http.samples += JSON.parse(text).data.stats.samples.totalQueryableSamples;
  return new Response(text, { status: response.status });
}

const calls = {
  async define({ count }) {
    await slos.syncDefinitions({
      definitionsByEntity: new Map(
        definitions(count).map(each => [each.origin.entityRef, [each]]),
      ),
    });
  },
  async collect({ at, stats = false }) {
    clock = new Date(at * 1000);
    withStats = stats;
    http = { calls: 0, samples: 0 };
    statements.take();
    const start = performance.now();
    const outcome = await collector.collect({
      signal: new AbortController().signal,
    });
    return {
      ...outcome,
      ...http,
      milliseconds: performance.now() - start,
      statements: Object.values(statements.take())[0]?.statements,
    };
  },
  async statuses() {
    return [...(await slos.statusesByEntity()).values()].flat();
  },
  async page({ limit }) {
    statements.take();
    const { items } = await slos.list({ query: { limit }, visible: 'all' });
    return {
      items: items.length,
      statements: Object.values(statements.take())[0].statements,
    };
  },
  async history({ entityRef, slo }) {
    statements.take();
    const { points } = await slos.history({ entityRef, slo });
    return {
      points: points.length,
      statements: Object.values(statements.take())[0].statements,
    };
  },
  async takePeak() {
    const taken = peak;
    global.gc?.();
    peak = process.memoryUsage.rss();
    return { peak: taken, now: peak };
  },
};

// What a load balancer asks for: an answer without any work.
const health = createServer((_, response) => response.end('ok'));
health.listen(0, '127.0.0.1', () => {
  process.send({ started: health.address().port });
});
process.on('message', async ({ id, call, options }) => {
  try {
    process.send({ id, result: await calls[call](options ?? {}) });
  } catch (error) {
    process.send({ id, error: error.stack });
  }
});
process.on('disconnect', () => process.exit(0));
