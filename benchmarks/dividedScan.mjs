// Measures a first drift scan that several replicas divide, against the floor
// and against one that a single replica runs, in turn. See README.md.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { catalogAtRest, feedCatalog } from './feedCatalog.mjs';
import { median, probe, quantile, sleep } from './measure.mjs';
import {
  DATABASE,
  dropDatabase,
  forgetScans,
  inDatabase,
  runScan,
  scanFollowedUp,
} from './ownershipScans.mjs';
import { startPortal } from './startPortal.mjs';
import { startPostgres } from './postgres.mjs';

const { values: flags } = parseArgs({
  options: {
    components: { type: 'string', default: '10000' },
    replicas: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
const components = Number(flags.components);
const seed = Number(flags.seed);
const replicas = Number(flags.replicas);
const LIMIT = 1.5;

const folder = fileURLToPath(
  new URL(`../.data/benchmark/${components}-${seed}`, import.meta.url),
);
const postgres = await startPostgres({ folder });
const { connection } = postgres;
try {
  await fed();
  const one = await measure({ shards: 1 });
  const divided = await measure({ shards: replicas });
  console.log(
    `\n${components} components, medians of ${
      flags.rounds
    } rounds, load at the end ${loadavg()[0].toFixed(1)}\n`,
  );
  for (const [title, { floor, first, health, findings }] of [
    ['one replica', one],
    [`${replicas} replicas`, divided],
  ]) {
    const ratio = median(first) / median(floor);
    console.log(
      `${title}: first scan ${ratio.toFixed(2)} x the floor (${first
        .map(time => (time / 1000).toFixed(1))
        .join(', ')} s; floor ${(median(floor) / 1000).toFixed(
        1,
      )} s; budget ${LIMIT} x), probe of the replica that runs it p99 ${health.toFixed(
        1,
      )} x idle, ${findings} findings`,
    );
  }
  if (one.findings !== divided.findings) {
    throw new Error('A divided scan has to find what an undivided one does');
  }
  process.exitCode =
    median(divided.first) > LIMIT * median(divided.floor) ? 1 : 0;
} finally {
  await postgres.stop();
  if (!flags.keep) {
    await postgres.remove();
  }
}

async function fed() {
  const portal = await startPortal({ connection });
  try {
    await feedCatalog({ portal, connection, folder, components, seed });
  } finally {
    await portal.stop();
  }
}

/** First scans into empty tables, by as many replicas as there are shards. */
async function measure({ shards }) {
  await dropDatabase({ connection, database: DATABASE });
  const portals = [];
  for (let n = 0; n < shards; n += 1) {
    portals.push(await startPortal({ connection, shards }));
  }
  const [portal] = portals;
  const liveness = () => portal.fetch('/.backstage/health/v1/liveness');
  const during = async run => {
    const { stop } = probe(liveness, { pause: 25 });
    const result = await run();
    return { result, p99: quantile(await stop(), 0.99) };
  };
  try {
    // Every replica looks for parts by then, and has read the catalog once.
    for (const each of portals) {
      await each.ask('floor');
    }
    await sleep(12_000);
    const { p99: idle } = await during(() => sleep(4000));
    const floor = [];
    const first = [];
    const health = [];
    let findings;
    for (let round = 0; round < Number(flags.rounds); round += 1) {
      await forgetScans({ connection });
      floor.push((await portal.ask('floor')).milliseconds);
      const scan = await during(() => runScan({ portal }));
      first.push(scan.result);
      health.push(scan.p99 / idle);
      await scanFollowedUp({ connection });
      findings = await openFindings();
      await sleep(1000);
      await catalogAtRest({ connection });
    }
    return { floor, first, findings, health: median(health) };
  } finally {
    for (const each of portals) {
      await each.stop();
    }
  }
}

async function openFindings() {
  const { rows } = await inDatabase(
    { ...connection, database: DATABASE },
    `SELECT count(*)::int AS count FROM findings WHERE state = 'open'`,
  );
  return rows[0].count;
}
