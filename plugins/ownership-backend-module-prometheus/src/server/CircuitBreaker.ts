import { ServerError } from './ServerError';

/** Failures in a row after which a server is left alone. */
const FAILURES = 5;
/** For how long, in milliseconds; then one call may try. */
const PAUSE_MS = 30_000;

/**
 * Leaves a server alone that does not answer, so that a cycle over thousands
 * of SLOs does not wait for thousands of timeouts.
 */
export class CircuitBreaker {
  readonly #now: () => Date;
  #failures = 0;
  #openUntil = 0;
  #last?: ServerError;

  constructor(options: { now: () => Date }) {
    this.#now = options.now;
  }

  /** @throws the last error of the server while it is left alone */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const clock = this.#now().getTime();
    if (this.#failures >= FAILURES && clock < this.#openUntil) {
      throw new ServerError('down', this.#last!.message);
    }
    // Whoever comes next while this call tries is turned away.
    if (this.#failures >= FAILURES) {
      this.#openUntil = clock + PAUSE_MS;
    }
    try {
      const result = await call();
      this.#failures = 0;
      return result;
    } catch (error) {
      if (error instanceof ServerError && error.kind === 'query') {
        this.#failures = 0;
      } else if (error instanceof ServerError) {
        this.#failures += 1;
        this.#last = error;
        this.#openUntil = this.#now().getTime() + PAUSE_MS;
      }
      throw error;
    }
  }
}
