// Adds up what the test runners say of themselves:
//   node script/totals.mjs FOLDER SKIPPED
// reads jest.json, node.xml and playwright.json in FOLDER, as far as they are
// there, and counts SKIPPED tests that were not started at all.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, notStarted = '0'] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: Number(notStarted) };

function read(name) {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

const jest = read('jest.json');
if (jest) {
  const report = JSON.parse(jest);
  totals.passed += report.numPassedTests;
  // A suite that cannot be loaded has no tests to count and is a failure.
  totals.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  totals.skipped += report.numPendingTests + report.numTodoTests;
}

const node = read('node.xml');
if (node) {
  const cases = node.match(/<testcase\b/g)?.length ?? 0;
  const failed = node.match(/<failure\b/g)?.length ?? 0;
  const skipped = node.match(/<skipped\b/g)?.length ?? 0;
  totals.passed += cases - failed - skipped;
  totals.failed += failed;
  totals.skipped += skipped;
}

const playwright = read('playwright.json');
if (playwright) {
  const { stats } = JSON.parse(playwright);
  totals.passed += stats.expected + stats.flaky;
  totals.failed += stats.unexpected;
  totals.skipped += stats.skipped;
}

console.log(
  `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
);
