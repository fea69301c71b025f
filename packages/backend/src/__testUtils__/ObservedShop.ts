import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const DAY = 86_400;

/** Whether `prometheus` and `promtool` can be run here. */
export function hasPrometheus(): boolean {
  try {
    execFileSync('prometheus', ['--version'], { stdio: 'ignore' });
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * A service with an exporter, and a real Prometheus that scrapes it every
 * second. Before the start it has eight days of history.
 */
export class ObservedShop {
  readonly #directory: string;
  readonly #port: number;
  readonly #exporter: Server;
  readonly #counts: Record<string, number>;
  #process?: ChildProcess;

  private constructor(options: {
    directory: string;
    port: number;
    exporter: Server;
    counts: Record<string, number>;
  }) {
    this.#directory = options.directory;
    this.#port = options.port;
    this.#exporter = options.exporter;
    this.#counts = options.counts;
  }

  /** @param options - `rules`: a file of recording rules */
  static async start(options: { rules: string }): Promise<ObservedShop> {
    const directory = await mkdtemp(join(tmpdir(), 'ownership-shop-'));
    const { text, counts } = history(Math.floor(Date.now() / 60_000) * 60);
    const exporter = createServer((_, response) => {
      response.end(
        `# TYPE http_requests_total counter\n${Object.entries(counts)
          .map(
            ([code, count]) => `http_requests_total{code="${code}"} ${count}\n`,
          )
          .join('')}`,
      );
    }).listen(0, '127.0.0.1');
    await once(exporter, 'listening');
    const shop = new ObservedShop({
      directory,
      port: await freePort(),
      exporter,
      counts,
    });
    try {
      await shop.#startPrometheus(text, options.rules);
    } catch (error) {
      await shop.remove();
      throw error;
    }
    return shop;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Serves requests and waits until Prometheus has seen them. */
  async serve(requests: { good: number; bad: number }): Promise<void> {
    this.#counts['200'] += requests.good;
    this.#counts['500'] += requests.bad;
    const wanted = this.#counts['200'] + this.#counts['500'];
    await this.#until(
      async () =>
        (await this.ask('sum(http_requests_total)', Date.now() / 1000)) ===
        wanted,
    );
  }

  /** Stops the exporter and waits until Prometheus has noticed. */
  async killExporter(): Promise<void> {
    this.#exporter.closeAllConnections();
    this.#exporter.close();
    await this.#until(
      async () => (await this.ask('up', Date.now() / 1000)) === 0,
    );
  }

  /** What it says to an instant query; undefined where it says nothing. */
  async ask(query: string, time: number): Promise<number | undefined> {
    const response = await fetch(`${this.url}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query, time: String(time) }),
    });
    const { data } = await response.json();
    const value = data?.result?.[0]?.value?.[1];
    return value === undefined ? undefined : Number(value);
  }

  async remove(): Promise<void> {
    this.#exporter.closeAllConnections();
    this.#exporter.close();
    const child = this.#process;
    if (child && child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #startPrometheus(text: string, rules: string): Promise<void> {
    const at = (name: string) => join(this.#directory, name);
    const { port } = this.#exporter.address() as AddressInfo;
    await writeFile(at('history.txt'), text);
    await writeFile(at('rules.yml'), rules);
    await writeFile(
      at('prometheus.yml'),
      JSON.stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: ['rules.yml'],
        scrape_configs: [
          {
            job_name: 'shop',
            static_configs: [
              { targets: [`127.0.0.1:${port}`], labels: { instance: 'shop' } },
            ],
          },
        ],
      }),
    );
    await promisify(execFile)('promtool', [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      at('history.txt'),
      at('data'),
    ]);
    const child = spawn(
      'prometheus',
      [
        `--config.file=${at('prometheus.yml')}`,
        `--storage.tsdb.path=${at('data')}`,
        '--storage.tsdb.retention.time=1y',
        `--web.listen-address=127.0.0.1:${this.#port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    this.#process = child;
    await this.#until(async () => {
      if (child.exitCode !== null) {
        throw new Error(`prometheus ended with ${child.exitCode}`);
      }
      const response = await fetch(`${this.url}/-/ready`).catch(
        () => undefined,
      );
      return (
        response?.ok === true &&
        (await this.ask('up', Date.now() / 1000)) === 1 &&
        (await this.ask('slo:objective:ratio', Date.now() / 1000)) !== undefined
      );
    });
  }

  /** Asks again and again; jest's own time limit ends what never comes true. */
  async #until(condition: () => Promise<boolean>): Promise<void> {
    while (!(await condition())) {
      await new Promise(setImmediate);
    }
  }
}

/** A counter a minute for eight days, with an incident three days ago. */
function history(end: number) {
  const counts = { '200': 1000, '500': 0 };
  const lines = ['# TYPE http_requests counter'];
  const samples: Record<keyof typeof counts, string[]> = {
    '200': [],
    '500': [],
  };
  for (let time = end - 8 * DAY; time <= end; time += 60) {
    const incident = time > end - 3 * DAY && time <= end - 3 * DAY + 1800;
    counts['200'] += 100;
    counts['500'] += incident ? 20 : 0.1;
    for (const code of ['200', '500'] as const) {
      samples[code].push(
        `http_requests_total{code="${code}",instance="shop",job="shop"} ${counts[code]} ${time}`,
      );
    }
  }
  lines.push(...samples['200'], ...samples['500'], '# EOF', '');
  return { text: lines.join('\n'), counts: counts as Record<string, number> };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
