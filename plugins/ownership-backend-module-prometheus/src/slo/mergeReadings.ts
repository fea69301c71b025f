/** What several sources say, in the order they say it. */
export async function* mergeReadings<T>(
  sources: Array<AsyncGenerator<T>>,
): AsyncGenerator<T> {
  const next = (source: AsyncGenerator<T>) =>
    source.next().then(result => ({ source, result }));
  const waiting = new Map(sources.map(source => [source, next(source)]));
  try {
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values());
      if (result.done) {
        waiting.delete(source);
      } else {
        waiting.set(source, next(source));
        yield result.value;
      }
    }
  } finally {
    // One that fails ends the others; what they still say is not waited for.
    for (const [source, promise] of waiting) {
      promise.catch(() => {});
      source.return(undefined).catch(() => {});
    }
  }
}
