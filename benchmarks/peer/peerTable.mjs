import { median } from '../measure.mjs';

const seconds = value => `${(value / 1000).toFixed(2)} s`;
const times = value => `${value.toFixed(2)} x`;

/** What is measured of one catalog, how it is shown, and what it must be at least. */
const ROWS = [
  ['entities', m => m.entities, String],
  ['floor: catalog streamed, 12 trivial rules', floor, seconds],
  ['first scan', m => median(m.runs.first) / floor(m), times],
  ['peer: facts of all entities', m => median(m.runs.facts) / floor(m), times],
  [
    'peer: checks of the components',
    m => median(m.runs.checks) / floor(m),
    times,
  ],
  ['peer: facts plus checks', m => median(peer(m)) / floor(m), times],
  [
    'peer: checks, to a first scan',
    m => median(m.runs.checks) / median(m.runs.first),
    times,
  ],
  [
    'peer: facts plus checks, to a first scan',
    m => median(peer(m)) / median(m.runs.first),
    times,
    8,
  ],
  [
    'the same, peer at its fastest and scan at its slowest',
    m => Math.min(...peer(m)) / Math.max(...m.runs.first),
    times,
  ],
  ['statements, first scan', m => m.counts.first.statements, String],
  [
    'statements, peer',
    m => m.counts.facts.statements + m.counts.checks.statements,
    String,
  ],
  ['rows written, first scan', m => m.counts.first.rows, String],
  ['rows written, peer', m => m.counts.facts.rows, String],
  ['open findings of the first scan', m => m.findings, String],
  [
    'peer: components without a group as owner',
    m => m.failed.hasGroupOwner,
    String,
  ],
].map(([what, read, show, limit]) => ({ what, read, show, limit }));

/**
 * Prints one table with a column for each catalog, what is below its budget
 * marked, and gives how many figures are.
 */
export function printPeerTable(measured, { rounds }) {
  let below = 0;
  const line = cells => console.log(`| ${cells.join(' | ')} |`);
  console.log(
    `\nMedian of ${rounds} rounds; times are ratios to the floor of the same run unless said, ! is below the budget\n`,
  );
  line(['', ...measured.map(m => `${m.components}, seed ${m.seed}`), 'budget']);
  line(['---', ...measured.map(() => '---:'), '---']);
  for (const { what, read, show, limit } of ROWS) {
    line([
      what,
      ...measured.map(m => {
        const value = read(m);
        const isBelow = limit !== undefined && value < limit;
        below += isBelow ? 1 : 0;
        return `${show(value)}${isBelow ? ' !' : ''}`;
      }),
      limit === undefined ? '' : `at least ${show(limit)}`,
    ]);
  }
  return below;
}

function floor({ runs }) {
  return median(runs.floor);
}

/** Facts plus checks of each round. */
function peer({ runs }) {
  return runs.facts.map((facts, round) => facts + runs.checks[round]);
}
