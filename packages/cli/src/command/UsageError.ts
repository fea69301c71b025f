/**
 * The command was called in a way it cannot serve. The message says what is
 * accepted; the exit code is 2.
 *
 * @internal
 */
export class UsageError extends Error {
  override name = 'UsageError';
}
