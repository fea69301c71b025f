/**
 * The same items, each asked for while the one before it is worked on: a scan
 * and the catalog take turns waiting for their databases.
 */
export async function* readAhead<T>(
  source: AsyncIterable<T>,
): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]();
  let next = items.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) {
        return;
      }
      next = items.next();
      // Thrown when its turn comes, or never missed.
      next.catch(() => {});
      yield value;
    }
  } finally {
    // Not waited for: what was asked for ahead may never come.
    items.return?.().catch(() => {});
  }
}
