import { ServerError } from './ServerError';

/**
 * The text of an answer, read no further than the limit.
 *
 * @param options - `maxBytes`: more than that is an error of the query
 */
export async function readBody(
  response: Response,
  options: { maxBytes: number },
): Promise<string> {
  const { maxBytes } = options;
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new ServerError(
        'query',
        `the answer is larger than ${maxBytes} bytes; add up its series, for example with sum(…)`,
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
