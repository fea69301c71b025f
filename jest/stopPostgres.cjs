const { rm } = require('node:fs/promises');

module.exports = async function stopPostgres() {
  const running = globalThis.ownershipTestPostgres;
  if (running) {
    await running.postgres.stop();
    await rm(running.folder, { recursive: true, force: true });
  }
};
