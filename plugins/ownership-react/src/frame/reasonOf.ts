// What stands between here and the backend answers with a page of its own.
const pageOfProxy = /^(Request failed with status [^,]*),\s*<[^]*/;

/**
 * What went wrong, by name and in words. For an answer of the backend that is
 * what the backend said, not that a request failed.
 *
 * @public
 */
export function reasonOf(error: unknown): { name: string; message: string } {
  const found =
    isError(error) && error.name === 'ResponseError' && isError(error.cause)
      ? error.cause
      : error;
  return isError(found)
    ? {
        name: found.name,
        message: found.message.replace(pageOfProxy, '$1'),
      }
    : { name: 'Error', message: String(found) };
}

function isError(value: unknown): value is Error {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'message' in value
  );
}
