import { setImmediate } from 'node:timers/promises';
import type { Response } from 'express';

/**
 * The same text, each part sent on its way before the next one is asked for:
 * an answer that is compressed would be held back until there is much of it.
 */
export async function* withoutDelay(
  text: AsyncIterable<string>,
  response: Response,
): AsyncGenerator<string> {
  // Put there by the compression of the backend, where that is on.
  const { flush } = response as Response & { flush?: () => void };
  for await (const part of text) {
    yield part;
    await setImmediate();
    flush?.call(response);
  }
}
