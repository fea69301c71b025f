import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { freePort } from './postgres.mjs';

const TOKEN = 'benchmark-token-of-a-throw-away-portal';
const require = createRequire(import.meta.url);

/**
 * Starts the measured backend in a process of its own: what this process does
 * to measure is not in the figures. With the configuration of the peer, that
 * is in it too.
 */
export async function startPortal({ connection, profile, peer, shards = 1 }) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const child = fork(
    fileURLToPath(new URL('./portalProcess.mjs', import.meta.url)),
    {
      execArgv: [
        ...[
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        ],
        ...['--expose-gc', '--no-warnings'],
        ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      ],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
        // A plugin's migrations are looked for from where Backstage is.
        ...(peer && {
          NODE_PATH: fileURLToPath(
            new URL('./peer/node_modules', import.meta.url),
          ),
        }),
        BENCHMARK_CONFIG: JSON.stringify(
          configuration({ baseUrl, port, connection, peer, shards }),
        ),
      },
    },
  );

  const waiting = new Map();
  const exited = new Promise(resolve => child.once('exit', resolve));
  const started = new Promise((resolve, reject) => {
    child.on('message', ({ id, result, error, started: isUp }) => {
      if (isUp) {
        resolve();
        return;
      }
      // The loader of TypeScript sources sends messages of its own.
      if (!waiting.has(id)) {
        return;
      }
      const { done, failed } = waiting.get(id);
      waiting.delete(id);
      (error ? failed : done)(error ? new Error(error) : result);
    });
    exited.then(code => {
      const gone = new Error(`The portal ended with ${code}`);
      reject(gone);
      waiting.forEach(({ failed }) => failed(gone));
    });
  });
  await started;

  async function open(path, init) {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
      },
    });
    if (!response.ok) {
      const text = await response.text();
      throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`);
    }
    return response;
  }

  let calls = 0;
  return {
    /** Has the process do one of the calls it knows. */
    ask: (call, options) =>
      new Promise((done, failed) => {
        waiting.set(++calls, { done, failed });
        child.send({ id: calls, call, options });
      }),
    /** Asks over HTTP, as a page or another service would. */
    async fetch(path, init) {
      const text = await (await open(path, init)).text();
      return text ? JSON.parse(text) : undefined;
    },
    /** The same for an answer that is read as it comes. */
    open,
    async stop() {
      child.kill('SIGINT');
      await exited;
    },
  };
}

function configuration({ baseUrl, port, connection, peer, shards }) {
  return {
    app: { baseUrl, title: 'Benchmark' },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'pg', connection, knexConfig: { pool: { max: 10 } } },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'benchmark' } },
        ],
      },
    },
    // The catalog comes to rest once it is fed; only what changes is processed.
    catalog: {
      processingInterval: { hours: 48 },
      rules: [
        {
          allow: [
            ...['Component', 'API', 'Resource', 'System', 'Group', 'User'],
            ...['Vessel', 'OwnershipContract'],
          ],
        },
      ],
    },
    ownership: {
      kinds: ['Component', 'System', 'API', 'Resource', 'Vessel'],
      notifications: { enabled: false },
      drift: {
        schedule: { frequency: { trigger: 'manual' }, timeout: { hours: 2 } },
        // Every planted owner that is gone is gone for good.
        gracePeriod: { seconds: 0 },
        shards,
      },
    },
    ...(peer && { techInsights: peer }),
  };
}
