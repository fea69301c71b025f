import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

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

/** A real Prometheus with a history, on a free port and a directory of its own. */
export class RealPrometheus {
  readonly #directory: string;
  readonly #port: number;
  #process?: ChildProcess;

  private constructor(directory: string, port: number) {
    this.#directory = directory;
    this.#port = port;
  }

  /** @param options - `history`: OpenMetrics text, samples in order of time */
  static async create(options: { history: string }): Promise<RealPrometheus> {
    const directory = await mkdtemp(join(tmpdir(), 'ownership-prometheus-'));
    const prometheus = new RealPrometheus(directory, await freePort());
    const input = join(directory, 'history.txt');
    await writeFile(input, options.history);
    await writeFile(join(directory, 'prometheus.yml'), 'scrape_configs: []\n');
    await promisify(execFile)('promtool', [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      input,
      join(directory, 'data'),
    ]);
    return prometheus;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(this.#directory, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(this.#directory, 'data')}`,
        '--storage.tsdb.retention.time=1y',
        `--web.listen-address=127.0.0.1:${this.#port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    this.#process = child;
    for (;;) {
      if (child.exitCode !== null) {
        throw new Error(`prometheus ended with ${child.exitCode}`);
      }
      const response = await fetch(`${this.url}/-/ready`).catch(
        () => undefined,
      );
      if (response?.ok) {
        return;
      }
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child && child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** What it says to an instant query that gives one number. */
  async ask(query: string, time: number): Promise<number> {
    const response = await fetch(`${this.url}/api/v1/query`, {
      method: 'POST',
      body: new URLSearchParams({ query, time: String(time) }),
    });
    const { data } = await response.json();
    return Number(data.result[0].value[1]);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
