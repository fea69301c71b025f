// Measures the drift scan against the floor: streaming the same catalog with
// the same fields and twelve trivial rules, in the same process, in the same
// run. See README.md.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { printTable } from './driftTable.mjs';
import { catalogAtRest, feedCatalog } from './feedCatalog.mjs';
import { generateOrganisation } from './generate.mjs';
import { probe, sleep } from './measure.mjs';
import { measureExport } from './measureExport.mjs';
import { measureReads } from './measureReads.mjs';
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
    // One or more, with commas between.
    components: { type: 'string', default: '10000' },
    seeds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const numbers = list => list.split(',').map(Number);
const rounds = Number(flags.rounds);

const measured = [];
for (const components of numbers(flags.components)) {
  for (const seed of numbers(flags.seeds)) {
    measured.push(await measureCatalog({ components, seed }));
  }
}
const above = printTable(measured, { rounds });
console.log(
  `\n${
    above === 0 ? 'All within budget' : `${above} figures are above budget`
  }. Load of the machine at the end: ${loadavg()[0].toFixed(1)}`,
);
process.exit(above === 0 ? 0 : 1);

async function measureCatalog({ components, seed }) {
  const folder = fileURLToPath(
    new URL(`../.data/benchmark/${components}-${seed}`, import.meta.url),
  );
  const postgres = await startPostgres({ folder });
  const { connection } = postgres;
  let portal = await startPortal({ connection });
  try {
    const organisation = await feedCatalog({
      ...{ portal, connection, folder, components, seed },
    });
    // What feeding left in memory is none of the scan's.
    await portal.stop();
    // A kept catalog may be older than the tables of the plugin.
    await dropDatabase({ connection, database: DATABASE });
    portal = await startPortal({ connection, profile: flags.profile });
    await sleep(2000);
    const figures = await measure({ portal, connection, organisation });
    return { components, seed, ...figures };
  } finally {
    await portal.stop();
    await postgres.stop();
    if (!flags.keep) {
      await postgres.remove();
    }
  }
}

async function measure({ portal, connection, organisation }) {
  const runs = { floor: [], first: [], second: [], unchanged: [], changed: [] };
  const health = { idle: [], floor: [], first: [], later: [] };
  const rows = {};
  const memory = { first: 0, later: 0 };
  let changedComponents;
  let accuracy;
  const { entities } = await portal.ask('floor');
  const idle = (await portal.ask('takePeak')).now;

  const healthDuring = async (name, run) => {
    // As often as a probe may come without being a load of its own.
    const { stop } = probe(
      () => portal.fetch('/.backstage/health/v1/liveness'),
      { pause: 25 },
    );
    await run();
    health[name].push(...(await stop()));
  };
  const floor = async () => {
    const { milliseconds } = await portal.ask('floor');
    runs.floor.push(milliseconds);
  };
  const scanned = async name => {
    await portal.ask('takePeak');
    await rowsWritten(portal);
    const when = name === 'first' ? 'first' : 'later';
    await healthDuring(when, async () => {
      runs[name].push(await runScan({ portal }));
      // What follows from a scan is not its time, but its memory and its rows.
      await scanFollowedUp({ connection });
    });
    const { peak } = await portal.ask('takePeak');
    memory[when] = Math.max(memory[when], peak - idle);
    rows[name] = await rowsWritten(portal);
    // The catalog processes what changed its state again: none of what follows.
    await sleep(1000);
    await catalogAtRest({ connection });
  };

  for (let round = 1; round <= rounds; round++) {
    await forgetScans({ connection });
    await healthDuring('idle', () => sleep(4000));
    await healthDuring('floor', floor);
    await scanned('first');
    accuracy ??= await compare({
      connection,
      truth: generateOrganisation(organisation).truth,
    });
    await floor();
    await scanned('second');
    await floor();
    await scanned('unchanged');

    const { changed } = await portal.ask('change', {
      ...organisation,
      share: 0.01,
      revision: `${Date.now()}`,
    });
    changedComponents = changed;
    await sleep(1000);
    await catalogAtRest({ connection });
    await floor();
    await scanned('changed');
  }

  const reads = await measureReads({
    portal,
    components: organisation.components,
    scan: () => runScan({ portal }),
  });
  const download = await measureExport({ portal });
  return {
    ...{ entities, runs, health, rows, memory, accuracy, reads, download },
    changedComponents,
  };
}

// A scan's own row and its signs of life are written by every scan, and other
// tasks of the plugin write their own tables meanwhile.
async function rowsWritten(portal) {
  const counts = await portal.ask('takeStatements');
  const { rows = {}, statements = 0 } = counts.backstage_plugin_ownership ?? {};
  const written = Object.entries(rows).filter(
    ([table, count]) =>
      count > 0 &&
      table !== 'scans' &&
      !table.startsWith('backstage_') &&
      !table.startsWith('slo_'),
  );
  return {
    statements,
    rows: written.reduce((sum, [, count]) => sum + count, 0),
    tables: Object.fromEntries(written),
  };
}

async function compare({ connection, truth }) {
  const { rows } = await inDatabase(
    { ...connection, database: DATABASE },
    `SELECT rule_id || ' ' || entity_ref AS finding FROM findings WHERE state = 'open'`,
  );
  const found = new Set(rows.map(({ finding }) => finding));
  const wrong = [...found].filter(finding => !truth.has(finding));
  const missed = [...truth].filter(finding => !found.has(finding));
  for (const [what, list] of Object.entries({ wrong, missed })) {
    if (list.length > 0) {
      console.error(`${what}: ${list.slice(0, 5).join(', ')} …`);
    }
  }
  return { findings: found.size, wrong: wrong.length, missed: missed.length };
}
