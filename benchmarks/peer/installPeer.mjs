import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Installs what package.json beside this file names, as its yarn.lock says.
 * Of Backstage itself it links what the repository has installed, so that
 * there is one copy in the process.
 */
export function installPeer() {
  const { status, error, stdout } = spawnSync(
    'yarn',
    ['install', '--immutable'],
    {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (error || status !== 0) {
    throw new Error(
      `The peer could not be installed (yarn install in benchmarks/peer): ${
        error?.message ?? stdout
      }`,
    );
  }
}
