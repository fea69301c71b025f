import { setTimeout as wait } from 'node:timers/promises';
import { run } from './run';

/**
 * Runs the command of this process and sets its exit code.
 *
 * @public
 */
export async function main(): Promise<void> {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever reads has enough, as in `… | head`.
      process.exit(error.code === 'EPIPE' ? 0 : 2);
    });
  }
  process.exitCode = await run(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    env: process.env,
    fetch,
    now: () => new Date(),
    wait: async milliseconds => {
      await wait(milliseconds);
    },
  });
}
