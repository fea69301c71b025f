// What `service-ownership lint` costs beside parsing the same files with the
// package `yaml` alone.
//
//   node benchmarks/lint.mjs [--files 10000] [--rounds 3]
//
// Writes generated files into a temporary directory: entities with contracts
// inline, entities with contracts beside them, and OpenSLO. Both read them from
// disk, in turns, in this process; the best round of each counts. Exits with 1
// above the limit.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';

const LIMIT = 3;
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
  },
});
const count = Number(values.files);

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const { lintFiles } = require('../packages/cli/src/lint/lintFiles');

const root = mkdtempSync(join(tmpdir(), 'ownership-lint-'));
try {
  generate(root, count);
  let parsing = Infinity;
  let linting = Infinity;
  let result;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    parsing = Math.min(parsing, await time(() => parseAll(root)));
    linting = Math.min(
      linting,
      await time(async () => {
        result = await lintFiles({ inputs: ['.'], cwd: root });
      }),
    );
  }
  if (result.problems.length > 0 || result.counts.files !== count) {
    throw new Error(
      `Expected ${count} files without problems, found ${JSON.stringify({
        ...result.counts,
        problems: result.problems.slice(0, 3),
      })}`,
    );
  }
  const ratio = linting / parsing;
  console.log(
    [
      `${count} files: ${JSON.stringify(result.counts)}`,
      `parsed with yaml alone  ${(parsing / 1000).toFixed(2)} s`,
      `linted                  ${(linting / 1000).toFixed(2)} s`,
      `ratio                   ${ratio.toFixed(2)} (at most ${LIMIT})`,
    ].join('\n'),
  );
  process.exitCode = ratio <= LIMIT ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function parseAll(directory) {
  for (const name of readdirSync(directory, { recursive: true })) {
    if (name.endsWith('.yaml')) {
      for (const document of parseAllDocuments(
        readFileSync(join(directory, name), 'utf8'),
      )) {
        document.toJS();
      }
    }
  }
}

/** Of ten files six are entities, three contracts beside them and one an SLO. */
function generate(directory, files) {
  for (let index = 0; index < files; index += 1) {
    const turn = index % 10;
    const service = `service-${turn >= 6 && turn < 9 ? index - 6 : index}`;
    const folder = join(
      directory,
      `team-${Math.floor(index / 10) % 100}`,
      service,
    );
    mkdirSync(folder, { recursive: true });
    if (turn < 6) {
      writeFileSync(
        join(folder, 'catalog-info.yaml'),
        entity(service, turn < 3),
      );
    } else if (turn < 9) {
      writeFileSync(join(folder, 'ownership.yaml'), contract(service, ''));
    } else {
      writeFileSync(join(folder, 'slo.yaml'), openSlo(service));
    }
  }
}

function entity(name, hasContractFile) {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: What ${name} is for, in a sentence
  annotations:
    backstage.io/techdocs-ref: dir:.
  tags: [java, payments]
  links:
    - url: https://dashboards.example.org/d/${name}
      title: Dashboard
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
  system: checkout
  ownershipContract:
${hasContractFile ? '    $yaml: ./ownership.yaml' : contract(name, '    ')}
`;
}

function contract(name, indent) {
  return `tier: tier-2
mission: Takes ${name} from here to there.
captain: user:default/ada
contacts:
  - { type: slack, value: '#${name}', purpose: support }
onCall: { provider: pagerduty, ref: PABC123 }
escalation:
  - { after: PT0M, to: group:default/payments }
  - { after: PT15M, to: user:default/ada }
slos:
  - name: availability
    budgetingMethod: Occurrences
    timeWindow: [{ duration: 28d, isRolling: true }]
    objectives: [{ target: 0.995 }]
runbooks:
  - id: rollback
    title: Roll back a release
    url: docs/runbooks/rollback.md
    covers: [rollback, deployment]
    reviewedAt: 2026-09-01
review: { reviewedAt: 2026-09-01, reviewedBy: user:default/ada, cadence: P90D }`
    .split('\n')
    .map(line => indent + line)
    .join('\n');
}

function openSlo(name) {
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}-latency }
spec:
  service: ${name}
  indicator:
    metadata: { name: ${name}-latency }
    spec:
      ratioMetric:
        good: { metricSource: { type: Prometheus, spec: { query: 'sum(good{service="${name}"})' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'sum(all{service="${name}"})' } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.99 }]
`;
}
