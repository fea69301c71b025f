import { setImmediate } from 'node:timers/promises';

/** Milliseconds that others wait for one of the loops of a scan. */
const BREATH_MS = 2;

/** When other work last came through. */
let since = 0;

/**
 * Lets other work through, to be called in every round of a long loop: by the
 * clock, because a round may take microseconds or a millisecond. Does not look
 * at the clock in each, unless a round is known to be long.
 */
export async function breathe(index = 3): Promise<void> {
  if (index % 4 === 3 && performance.now() - since > BREATH_MS) {
    await setImmediate();
    since = performance.now();
  }
}
