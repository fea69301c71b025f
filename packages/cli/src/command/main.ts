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
      // Whoever reads may have enough, as in `… | head`. What the command finds
      // out is its exit code all the same.
      if (error.code !== 'EPIPE') {
        process.exit(2);
      }
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
