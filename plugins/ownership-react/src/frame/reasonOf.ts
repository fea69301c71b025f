// What `@backstage/errors` says of an answer that is none of a Backstage
// backend: the status, then all that was answered.
const answerOfOthers = /^Request failed with status (\d{3}[^,\n<]*)/;
// What browsers say where no answer came at all.
const noAnswer = /^(Failed to fetch|Load failed|NetworkError )/;

/**
 * What went wrong, by name and in words. For an answer of the backend that is
 * what the backend said, not that a request failed; for an answer of something
 * on the way to it, a proxy for instance, a sentence with the status, never
 * the page that was answered.
 *
 * @public
 */
export function reasonOf(error: unknown): { name: string; message: string } {
  const found =
    isError(error) && error.name === 'ResponseError' && isError(error.cause)
      ? error.cause
      : error;
  return isError(found)
    ? { name: found.name, message: inWords(found) }
    : { name: 'Error', message: String(found) };
}

function inWords({ name, message }: Error): string {
  const [, status] = answerOfOthers.exec(message) ?? [];
  if (status) {
    return `The backend could not be reached (${status.trim()})`;
  }
  if (name === 'TypeError' && noAnswer.test(message)) {
    return 'The backend could not be reached';
  }
  // Read as JSON and was a page: mostly that of a sign-in which ran out.
  return name === 'SyntaxError'
    ? 'What answered was not the backend. Reload the page, you may have to sign in again'
    : message;
}

function isError(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'message' in value
  );
}
