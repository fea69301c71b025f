// Measures a first drift scan beside what Tech Insights does for the same
// components: its fact retrievers and its checks, in the same process, in the
// same run. See README.md.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { catalogAtRest, feedCatalog } from './feedCatalog.mjs';
import { generateOrganisation } from './generate.mjs';
import { sleep } from './measure.mjs';
import {
  dropDatabase,
  forgetScans,
  inDatabase,
  runScan,
  scanFollowedUp,
} from './ownershipScans.mjs';
import { installPeer } from './peer/installPeer.mjs';
import { CHECK_COUNT, peerConfiguration } from './peer/peerConfiguration.mjs';
import { printPeerTable } from './peer/peerTable.mjs';
import { startPortal } from './startPortal.mjs';
import { startPostgres } from './postgres.mjs';

const OWNERSHIP = 'backstage_plugin_ownership';
const PEER = 'backstage_plugin_tech-insights';

/** Components in one request to the peer. */
const CHUNK = 1000;

const { values: flags } = parseArgs({
  options: {
    // One or more, with commas between.
    components: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds);
const seed = Number(flags.seed);

installPeer();
const measured = [];
for (const components of flags.components.split(',').map(Number)) {
  measured.push(await measureCatalog({ components }));
}
const below = printPeerTable(measured, { rounds });
console.log(
  `\n${
    below === 0 ? 'All within budget' : `${below} figures are below budget`
  }. Load of the machine at the end: ${loadavg()[0].toFixed(1)}`,
);
process.exit(below === 0 ? 0 : 1);

async function measureCatalog({ components }) {
  const folder = fileURLToPath(
    new URL(`../.data/benchmark/${components}-${seed}`, import.meta.url),
  );
  const postgres = await startPostgres({ folder });
  const { connection } = postgres;
  let portal;
  try {
    // A kept catalog may be older than the tables of the plugins, or newer.
    await dropDatabase({ connection, database: OWNERSHIP });
    await dropDatabase({ connection, database: PEER });
    portal = await startPortal({ connection });
    const organisation = await feedCatalog({
      ...{ portal, connection, folder, components, seed },
    });
    // What feeding left in memory is nobody's.
    await portal.stop();
    portal = await startPortal({
      connection,
      peer: peerConfiguration(),
    });
    await sleep(2000);
    const figures = await measure({ portal, connection, organisation });
    return { components, seed, ...figures };
  } finally {
    await portal?.stop();
    await postgres.stop();
    if (!flags.keep) {
      await postgres.remove();
    }
  }
}

async function measure({ portal, connection, organisation }) {
  const runs = { floor: [], first: [], facts: [], checks: [] };
  const counts = {};
  let failed;
  const refs = generateOrganisation(organisation)
    .entities.filter(({ kind }) => kind === 'Component')
    .map(({ metadata }) => `component:default/${metadata.name}`);
  const { entities } = await portal.ask('floor');

  const floor = async () => {
    const { milliseconds } = await portal.ask('floor');
    runs.floor.push(milliseconds);
  };
  const measured = async (name, database, run) => {
    // Collects garbage: what ran before is not paid for here.
    await portal.ask('takePeak');
    await portal.ask('takeStatements');
    const { milliseconds, ...rest } = await run();
    runs[name].push(milliseconds);
    counts[name] = countsOf(await portal.ask('takeStatements'), database);
    return rest;
  };

  const scan = async () => {
    await forgetScans({ connection });
    await floor();
    await measured('first', OWNERSHIP, async () => ({
      milliseconds: await runScan({ portal }),
    }));
    await scanFollowedUp({ connection });
    // The catalog processes what changed its state again: not in what follows.
    await sleep(1000);
    await catalogAtRest({ connection });
  };
  const peer = async () => {
    const inPeer = sql => inDatabase({ ...connection, database: PEER }, sql);
    await inPeer('TRUNCATE facts');
    await floor();
    await measured('facts', PEER, () => portal.ask('retrieveFacts'));
    // As PostgreSQL does by itself within a minute.
    await inPeer('ANALYZE');
    const { answers } = await measured('checks', PEER, () =>
      runChecks({ portal, refs }),
    );
    failed = failedChecks({ answers, refs });
  };

  const turns = [scan, peer];
  for (let round = 1; round <= rounds; round++) {
    for (const turn of turns) {
      await turn();
    }
    turns.reverse();
  }
  const { rows } = await inDatabase(
    { ...connection, database: OWNERSHIP },
    `SELECT count(*) AS open FROM findings WHERE state = 'open'`,
  );
  return { entities, runs, counts, failed, findings: rows[0].open };
}

/**
 * Has the peer check the components, one request after the other. The body of
 * a request may have 100 kB, and the answer to one about all of them can be
 * longer than a string may be: hence the chunks. Answers are read, but parsed
 * later.
 */
async function runChecks({ portal, refs }) {
  const answers = [];
  const start = performance.now();
  for (let from = 0; from < refs.length; from += CHUNK) {
    const response = await portal.open('/api/tech-insights/checks/run', {
      method: 'POST',
      body: JSON.stringify({ entities: refs.slice(from, from + CHUNK) }),
    });
    answers.push(Buffer.from(await response.arrayBuffer()));
  }
  return { milliseconds: performance.now() - start, answers };
}

/** Counts failed checks by name; throws if a component was not checked in full. */
function failedChecks({ answers, refs }) {
  const failed = {};
  const checked = new Set();
  for (const { entity, results, error } of answers.flatMap(answer =>
    JSON.parse(answer),
  )) {
    if (error || results.length !== CHECK_COUNT) {
      throw new Error(
        `${entity} got ${results.length} results: ${JSON.stringify(error)}`,
      );
    }
    checked.add(entity);
    for (const { check, result } of results) {
      failed[check.id] = (failed[check.id] ?? 0) + (result ? 0 : 1);
    }
  }
  if (checked.size !== refs.length) {
    throw new Error(`${checked.size} of ${refs.length} components checked`);
  }
  return failed;
}

// Other tasks write their own tables meanwhile.
function countsOf(taken, database) {
  const { statements = 0, rows = {} } = taken[database] ?? {};
  const written = Object.entries(rows).filter(
    ([table]) => !table.startsWith('backstage_') && !table.startsWith('slo_'),
  );
  return {
    statements,
    rows: written.reduce((sum, [, count]) => sum + count, 0),
  };
}
