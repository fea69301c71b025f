/**
 * Answers that are asked for again within seconds: each is worked out once for
 * all who ask meanwhile, and forgotten soon after.
 */
export class Remembered {
  readonly #forMs: number;
  readonly #now: () => Date;
  readonly #answers = new Map<string, { until: number; answer: unknown }>();

  constructor(options: {
    /** How long an answer is given again; 0 remembers nothing. */
    forMs: number;
    now: () => Date;
  }) {
    this.#forMs = options.forMs;
    this.#now = options.now;
  }

  /** Asks, unless the answer is still remembered. One that failed is not. */
  async recall<T>(key: string, ask: () => Promise<T>): Promise<T> {
    if (this.#forMs <= 0) {
      return ask();
    }
    const now = this.#now().getTime();
    for (const [other, { until }] of this.#answers) {
      if (until <= now) {
        this.#answers.delete(other);
      }
    }
    const known = this.#answers.get(key);
    if (known) {
      return known.answer as Promise<T>;
    }
    const answer = ask();
    const entry = { until: now + this.#forMs, answer };
    this.#answers.set(key, entry);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }

  /** After something was written. */
  forget(): void {
    this.#answers.clear();
  }
}
