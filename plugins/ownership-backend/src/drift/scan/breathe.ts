import { setImmediate } from 'node:timers/promises';

/**
 * Lets other work through after every 50 rounds of a loop, some milliseconds
 * of work for this scan.
 */
export async function breathe(index: number): Promise<void> {
  if (index % 50 === 49) {
    await setImmediate();
  }
}
