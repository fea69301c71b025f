/**
 * What the backend said, where the error only says that it answered with an
 * error.
 *
 * @internal
 */
export function reasonOf(error: unknown): Error {
  const problem = error instanceof Error ? error : new Error(String(error));
  const { cause } = problem as { cause?: unknown };
  return cause instanceof Error && cause.message ? cause : problem;
}
