/**
 * Why a server gave no answer to use.
 *
 * - `query`: it is about this query; another may well be answered
 * - `slow`: the query took too long, which may be the query or the server
 * - `down`: no query would be answered
 */
export class ServerError extends Error {
  readonly kind: 'query' | 'slow' | 'down';
  /** Whether the same may be answered a moment later. */
  readonly passing: boolean;

  constructor(
    kind: ServerError['kind'],
    message: string,
    options?: { passing?: boolean },
  ) {
    super(message);
    this.name = 'ServerError';
    this.kind = kind;
    this.passing = options?.passing ?? false;
  }
}
