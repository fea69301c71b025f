/**
 * The same text once its first part is there: what fails until then can still
 * be answered with an error, because nothing was sent.
 */
export async function begun(
  text: AsyncIterable<string>,
): Promise<AsyncIterable<string>> {
  const parts = text[Symbol.asyncIterator]();
  const first = await parts.next();
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for (let part = first; !part.done; part = await parts.next()) {
          yield part.value;
        }
      } finally {
        await parts.return?.();
      }
    },
  };
}
