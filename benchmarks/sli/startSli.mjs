import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import knexFactory from 'knex';
import { startPostgres } from '../postgres.mjs';
import { startPrometheus } from './startPrometheus.mjs';

const folder = fileURLToPath(
  new URL('../../.data/benchmark-sli', import.meta.url),
);

/**
 * Starts a real Prometheus with its history, an empty PostgreSQL and the
 * process that reads the one into the other.
 */
export async function startSli() {
  const prometheus = await startPrometheus({ folder: `${folder}/prometheus` });
  const postgres = await startPostgres({ folder: `${folder}/postgres` });
  const database = `sli_${process.pid}`;
  const admin = knexFactory({ client: 'pg', connection: postgres.connection });
  await admin.raw('create database ??', [database]);
  const connection = { ...postgres.connection, database };
  const child = fork(
    fileURLToPath(new URL('./sliProcess.mjs', import.meta.url)),
    {
      execArgv: ['--expose-gc', '--no-warnings'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        BENCHMARK_SLI: JSON.stringify({
          connection,
          prometheus: prometheus.url,
        }),
      },
    },
  );
  const waiting = new Map();
  let calls = 0;
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
  });
  const port = await new Promise((resolve, reject) => {
    ended.then(code => reject(new Error(`The process ended with ${code}`)));
    child.on('message', ({ id, result, error, started }) => {
      if (started) {
        resolve(started);
      }
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error) {
        asked?.failed(new Error(error));
      } else {
        asked?.done(result);
      }
    });
  });
  return {
    url: prometheus.url,
    /** Time of the last sample, seconds since the epoch. */
    end: prometheus.end,
    health: () => fetch(`http://127.0.0.1:${port}`).then(each => each.text()),
    /** Has the process do one of the calls it knows. */
    ask: (call, options) =>
      new Promise((done, failed) => {
        waiting.set(++calls, { done, failed });
        child.send({ id: calls, call, options });
      }),
    async stop() {
      child.disconnect();
      await ended;
      await admin.raw('drop database ?? with (force)', [database]);
      await admin.destroy();
      await postgres.stop();
      await prometheus.stop();
    },
  };
}
