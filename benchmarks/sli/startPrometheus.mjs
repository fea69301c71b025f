import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../postgres.mjs';

const BLOCK = 7200;
const DAY = 86_400;
export const SERVICES = 50;
const DAYS = 29;
const SCRAPE = 60;
/** Scrapes hardly ever fall on the full minute. */
const OFFSET = 7;

/**
 * Starts a real Prometheus with 29 days of counters of 50 services, scraped
 * every minute. The history is made once and found again in the folder.
 *
 * @returns its url, the time of the last sample in seconds, `stop`
 */
export async function startPrometheus({ folder }) {
  const data = join(folder, 'data');
  const note = join(folder, 'end.txt');
  const made = await readFile(note, 'utf8').catch(() => undefined);
  const end =
    made === undefined
      ? Math.floor(Date.now() / 1000 / BLOCK) * BLOCK
      : Number(made);
  if (made === undefined) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(data, { recursive: true });
    await feed({ folder, data, end });
    await writeFile(note, String(end));
  }
  await writeFile(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=1y',
      // Nothing is to be compacted while something is measured.
      '--storage.tsdb.max-block-duration=2h',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
  });
  for (;;) {
    if (child.exitCode !== null) {
      throw new Error(`prometheus ended with ${child.exitCode}`);
    }
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (ready?.ok) {
      break;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  return {
    url,
    end,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

// One file a block: promtool reads a file once for every block in it.
async function feed({ folder, data, end }) {
  const counts = Array.from({ length: SERVICES }, () => ({ 200: 0, 500: 0 }));
  const waiting = new Set();
  for (let from = end - DAYS * DAY; from < end; from += BLOCK) {
    const input = join(folder, `${from}.txt`);
    await writeFile(input, block({ counts, from, end }));
    const running = promisify(execFile)('promtool', [
      ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet'],
      ...[input, data],
    ]).then(() => {
      waiting.delete(running);
      return rm(input);
    });
    waiting.add(running);
    if (waiting.size >= 4) {
      await Promise.race(waiting);
    }
  }
  await Promise.all(waiting);
}

function block({ counts, from, end }) {
  const lines = ['# TYPE requests counter'];
  counts.forEach((count, service) => {
    const samples = { 200: [], 500: [] };
    for (let time = from; time < from + BLOCK; time += SCRAPE) {
      // Each service has half an hour of trouble at a time of its own.
      const trouble = Math.floor((end - time) / 1800) === service * 5;
      count[200] += 40 + service;
      count[500] += trouble ? 12 : 0.02;
      for (const code of [200, 500]) {
        samples[code].push(
          `requests_total{service="s-${service}",code="${code}"} ${
            count[code]
          } ${time + OFFSET}`,
        );
      }
    }
    lines.push(...samples[200], ...samples[500]);
  });
  return `${lines.join('\n')}\n# EOF\n`;
}
