import { median, quantile } from './measure.mjs';

const MIB = 1024 * 1024;
const seconds = value => `${(value / 1000).toFixed(2)} s`;
const times = value => `${value.toFixed(2)} x`;
const mebibytes = value => `${(value / MIB).toFixed(0)} MiB`;

/** What is measured of one catalog, how it is shown, and what it may be at most. */
const ROWS = [
  ['entities', m => m.entities, String],
  ['floor: catalog streamed, 12 trivial rules', floor, seconds],
  ['first scan', m => median(m.runs.first) / floor(m), times, 1.5],
  [
    'second scan, nothing changed',
    m => median(m.runs.second) / floor(m),
    times,
  ],
  ['scan, nothing changed', m => median(m.runs.unchanged) / floor(m), times, 1],
  ['scan, 1 % changed', m => median(m.runs.changed) / floor(m), times, 1.1],
  [
    'first scan, slowest round',
    m => Math.max(...m.runs.first) / floor(m),
    times,
  ],
  ['rows written, nothing changed', m => m.rows.unchanged.rows, String, 0],
  [
    'rows written per changed component',
    m => m.rows.changed.rows / m.changedComponents,
    value => value.toFixed(1),
  ],
  ['rows written, first scan', m => m.rows.first.rows, String],
  ['peak memory above idle, first scan', m => m.memory.first, mebibytes, 300e6],
  [
    'peak memory above idle, later scans',
    m => m.memory.later,
    mebibytes,
    300e6,
  ],
  ['health probe p99, idle', m => quantile(m.health.idle, 0.99), milliseconds],
  ['health probe p99 during the floor', m => slower(m, 'floor'), times],
  ['health probe p99 during the first scan', m => slower(m, 'first'), times, 5],
  ['health probe p99 during later scans', m => slower(m, 'later'), times, 5],
  [
    'GET /entities/{ref} p95 in a scan, to by-name',
    m => quantile(m.reads.entity, 0.95) / quantile(m.reads.byName, 0.95),
    times,
    3,
  ],
  ['GET /entities/{ref} statements', m => m.reads.entityStatements, String, 3],
  [
    'report page of a nested team p95, to one row',
    m => quantile(m.reads.page, 0.95) / quantile(m.reads.row, 0.95),
    times,
    5,
  ],
  [
    'one page after the other p95, to one row',
    m => quantile(m.reads.nextPage, 0.95) / quantile(m.reads.row, 0.95),
    times,
  ],
  [
    'report page after a finding changed p95, to one row',
    m => quantile(m.reads.changedPage, 0.95) / quantile(m.reads.row, 0.95),
    times,
  ],
  ['report page statements, at most', m => m.reads.pageStatements, String, 4],
  ['CSV of all findings', m => m.download.all, seconds],
  [
    'CSV: first byte, share of the whole time',
    m => m.download.firstByte / m.download.all,
    value => `${(100 * value).toFixed(1)} %`,
    0.01,
    ({ components }) => components >= 100_000,
  ],
  ['CSV: memory above idle', m => m.download.memory, mebibytes],
  ['findings', m => m.accuracy.findings, String],
  ['wrong findings', m => m.accuracy.wrong, String, 0],
  ['missed findings', m => m.accuracy.missed, String, 0],
].map(([what, read, show, limit, applies = () => true]) => ({
  ...{ what, read, show, limit, applies },
}));

/** Most that a scan of ten times the components may take, in times. */
const GROWTH = 11;

/**
 * Prints one table with a column for each catalog, what is above its budget
 * marked, and gives how many figures are.
 */
export function printTable(measured, { rounds }) {
  let above = 0;
  const line = cells => console.log(`| ${cells.join(' | ')} |`);
  console.log(
    `\nMedian of ${rounds} rounds; times are ratios to the floor of the same run, ! is above the budget\n`,
  );
  line(['', ...measured.map(m => `${m.components}, seed ${m.seed}`), 'budget']);
  line(['---', ...measured.map(() => '---:'), '---']);
  for (const { what, read, show, limit, applies } of ROWS) {
    line([
      what,
      ...measured.map(m => {
        const value = read(m);
        const isAbove = limit !== undefined && applies(m) && value > limit;
        above += isAbove ? 1 : 0;
        return `${show(value)}${isAbove ? ' !' : ''}`;
      }),
      limit === undefined ? '' : `at most ${show(limit)}`,
    ]);
  }
  const small = measured.find(m => m.components === 10_000);
  const large = measured.find(m => m.components === 100_000);
  if (small && large) {
    for (const run of ['first', 'unchanged', 'changed']) {
      const growth = median(large.runs[run]) / median(small.runs[run]);
      above += growth > GROWTH ? 1 : 0;
      console.log(
        `\n10,000 to 100,000, ${run}: ${times(growth)}, at most ${GROWTH}${
          growth > GROWTH ? ' !' : ''
        }`,
      );
    }
  }
  return above;
}

function floor({ runs }) {
  return median(runs.floor);
}

function slower({ health }, when) {
  return quantile(health[when], 0.99) / quantile(health.idle, 0.99);
}

function milliseconds(value) {
  return `${value.toFixed(1)} ms`;
}
