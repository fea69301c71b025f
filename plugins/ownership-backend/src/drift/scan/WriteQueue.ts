/**
 * Writes while the scan reads and judges on: a few pieces of work side by
 * side, so that the scan and the database do not wait for each other, and no
 * more, so that what waits stays small.
 */
export class WriteQueue {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();
  #failure?: { error: unknown };

  constructor(options: {
    /** Pieces of work that may run at once. */
    limit: number;
  }) {
    this.#limit = options.limit;
  }

  /**
   * Begins a piece of work, as soon as there is room for it, and does not wait
   * for its end.
   *
   * @throws what earlier work threw: nothing is begun after that
   */
  async add(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#limit) {
      await Promise.race(this.#running);
    }
    this.#throwFailure();
    const running: Promise<void> = work()
      .catch(error => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** @throws what any work threw */
  async done(): Promise<void> {
    await this.settled();
    this.#throwFailure();
  }

  /** Waits for what runs, whatever becomes of it. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  #throwFailure(): void {
    if (this.#failure) {
      throw this.#failure.error;
    }
  }
}
