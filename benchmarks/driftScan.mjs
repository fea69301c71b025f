// Measures the drift scan against the floor: streaming the same catalog with
// the same fields and twelve trivial rules, in the same process, in the same
// run. See README.md.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { catalogAtRest, feedCatalog } from './feedCatalog.mjs';
import { generateOrganisation } from './generate.mjs';
import { median, probe, quantile, sleep } from './measure.mjs';
import { measureReads } from './measureReads.mjs';
import { startPortal } from './startPortal.mjs';
import { startPostgres } from './postgres.mjs';

const { values: flags } = parseArgs({
  options: {
    components: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const components = Number(flags.components);
const seed = Number(flags.seed);
const folder = fileURLToPath(
  new URL(`../.data/benchmark/${components}-${seed}`, import.meta.url),
);
const MIB = 1024 * 1024;

const postgres = await startPostgres({ folder });
const { connection } = postgres;
let portal = await startPortal({ connection });
try {
  const organisation = await feedCatalog({
    portal,
    connection,
    folder,
    components,
    seed,
  });
  // What feeding left in memory is none of the scan's.
  await portal.stop();
  await forgetScans();
  portal = await startPortal({ connection, profile: flags.profile });
  await sleep(2000);
  await measure(organisation);
} finally {
  await portal.stop();
  await postgres.stop();
  if (!flags.keep) {
    await postgres.remove();
  }
}

async function measure(organisation) {
  const runs = { floor: [], first: [], second: [], unchanged: [], changed: [] };
  const health = { idle: [], floor: [], scan: [] };
  const rows = {};
  const memory = {};
  let changedComponents;
  let accuracy;
  const idle = (await portal.ask('takePeak')).now;
  await portal.ask('floor');
  memory.floor = (await portal.ask('takePeak')).peak - idle;

  for (let round = 1; round <= Number(flags.rounds); round++) {
    const floor = async () => {
      const { milliseconds } = await portal.ask('floor');
      runs.floor.push(milliseconds);
    };
    await forgetScans();
    health.idle.push(...(await healthDuring(() => sleep(4000))));
    health.floor.push(...(await healthDuring(floor)));

    await portal.ask('takePeak');
    health.scan.push(
      ...(await healthDuring(async () => runs.first.push(await scan()))),
    );
    const first = await portal.ask('takePeak');
    memory.first = Math.max(memory.first ?? 0, first.peak - idle);
    rows.first = await rowsWritten();
    accuracy ??= await compare(generateOrganisation(organisation).truth);
    await catalogAtRest({ connection });

    await floor();
    await portal.ask('takePeak');
    await rowsWritten();
    // The second scan makes sure that all is stored as judged; from the third
    // on a scan takes over what stands.
    runs.second.push(await scan());
    await floor();
    await rowsWritten();
    runs.unchanged.push(await scan());
    rows.unchanged = await rowsWritten();

    const { changed } = await portal.ask('change', {
      ...organisation,
      share: 0.01,
      revision: `${Date.now()}`,
    });
    await sleep(1000);
    await catalogAtRest({ connection });
    await floor();
    await rowsWritten();
    runs.changed.push(await scan());
    rows.changed = await rowsWritten();
    changedComponents = changed;
  }

  const reads = await measureReads({ portal, components, scan });
  report({ runs, health, rows, memory, accuracy, reads, changedComponents });
}

/** Runs a scan to its end; gives its milliseconds. */
async function scan() {
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
      // Events and refreshes that follow are not part of the next figure.
      await sleep(500);
      return Date.parse(run.finishedAt) - Date.parse(run.startedAt);
    }
  }
}

// As often as a probe may come without being a load of its own.
async function healthDuring(run) {
  const { stop } = probe(() => portal.fetch('/.backstage/health/v1/liveness'), {
    pause: 25,
  });
  await run();
  return stop();
}

// A scan's own row and its signs of life are written by every scan.
async function rowsWritten() {
  const counts = await portal.ask('takeStatements');
  const { rows = {}, statements = 0 } = counts.backstage_plugin_ownership ?? {};
  const written = Object.entries(rows).filter(
    ([table]) => table !== 'scans' && !table.startsWith('backstage_backend_'),
  );
  return {
    statements,
    rows: written.reduce((sum, [, count]) => sum + count, 0),
    tables: Object.fromEntries(written.filter(([, count]) => count > 0)),
  };
}

async function compare(truth) {
  const { rows } = await inOwnership(
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
  return {
    findings: found.size,
    precision: (found.size - wrong.length) / found.size,
    recall: (truth.size - missed.length) / truth.size,
  };
}

/** Empties every table of the plugin: the next scan is a first one again. */
async function forgetScans() {
  const { rows } = await inOwnership(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'knex%' AND tablename NOT LIKE 'backstage_backend%'`,
  );
  if (rows.length > 0) {
    await inOwnership(
      `TRUNCATE ${rows.map(({ tablename }) => `"${tablename}"`).join(', ')}`,
    );
  }
}

async function inOwnership(sql) {
  const client = new pg.Client({
    ...connection,
    database: 'backstage_plugin_ownership',
  });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

function report({
  runs,
  health,
  rows,
  memory,
  accuracy,
  reads,
  changedComponents,
}) {
  const floor = median(runs.floor);
  const line = (what, figure, ratio, budget) =>
    console.log(
      `| ${what.padEnd(46)} | ${figure.padStart(16)} | ${ratio.padStart(
        7,
      )} | ${budget.padEnd(28)} |`,
    );
  const time = (what, values, budget) =>
    line(
      what,
      `${(median(values) / 1000).toFixed(2)} s`,
      `${(median(values) / floor).toFixed(2)} x`,
      budget,
    );
  const latency = (what, value, base, budget) =>
    line(
      what,
      `${value.toFixed(1)} ms`,
      `${(value / base).toFixed(1)} x`,
      budget,
    );

  console.log(
    `\n${components} components, seed ${seed}, median of ${flags.rounds} rounds\n`,
  );
  line('', 'measured', 'ratio', 'budget');
  console.log(
    `| ${'-'.repeat(46)} | ${'-'.repeat(15)}: | ${'-'.repeat(
      6,
    )}: | ${'-'.repeat(28)} |`,
  );
  time(
    'floor: catalog streamed, 12 trivial rules',
    runs.floor,
    '1 x by definition',
  );
  time('first scan', runs.first, 'at most 1.5 x');
  time('second scan, nothing changed', runs.second, '');
  time('scan, nothing changed', runs.unchanged, 'at most 1 x, aim 0.6 x');
  time('scan, 1 % changed', runs.changed, 'at most 1.1 x');
  line('rows written, nothing changed', `${rows.unchanged.rows}`, '', '0');
  line(
    'rows written, 1 % changed',
    `${rows.changed.rows}`,
    `${(rows.changed.rows / changedComponents).toFixed(1)} x`,
    'per changed component',
  );
  line('rows written, first scan', `${rows.first.rows}`, '', '');
  line(
    'peak memory above idle, first scan',
    `${(memory.first / MIB).toFixed(0)} MiB`,
    `${(memory.first / memory.floor).toFixed(1)} x`,
    'at most 300 MB at 100,000',
  );
  const idle = quantile(health.idle, 0.99);
  latency(
    'health probe p99 during the floor',
    quantile(health.floor, 0.99),
    idle,
    '',
  );
  latency(
    'health probe p99 during a scan',
    quantile(health.scan, 0.99),
    idle,
    'at most 5 x idle',
  );
  const byName = quantile(reads.byName, 0.95);
  latency(
    'GET /entities/{ref} p95 during a scan',
    quantile(reads.entity, 0.95),
    byName,
    'at most 3 x by-name read',
  );
  line(
    'GET /entities/{ref} statements',
    `${reads.entityStatements}`,
    '',
    'at most 3',
  );
  const row = quantile(reads.row, 0.95);
  latency(
    'report page of a nested team p95',
    quantile(reads.page, 0.95),
    row,
    'under 5 x single-row read',
  );
  line(
    'report page of a nested team statements',
    `${reads.pageStatements}`,
    '',
    'at most 4',
  );
  line(
    'precision / recall',
    `${accuracy.precision.toFixed(4)} / ${accuracy.recall.toFixed(4)}`,
    '',
    '1 / 1',
  );
  console.log(
    `\n${
      accuracy.findings
    } findings. Written when nothing changed: ${JSON.stringify(
      rows.unchanged,
    )}; 1 %: ${JSON.stringify(rows.changed)}`,
  );
}
