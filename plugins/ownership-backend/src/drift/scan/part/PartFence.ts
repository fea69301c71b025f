import type { Knex } from 'knex';
import { holdPart } from '../../store/scanParts';
import { noCounts, type Fence } from '../ScanFence';

/**
 * Holds a worker's part of a scan: keeps what it writes only as long as the
 * scan runs and nobody else has taken the part.
 */
export class PartFence implements Fence {
  readonly counts = noCounts();
  readonly #knex: Knex;
  readonly #hold: { scanId: string; part: number; by: string };
  readonly #now: () => Date;
  readonly #lost = new AbortController();

  constructor(options: {
    knex: Knex;
    scanId: string;
    part: number;
    /** Id of the worker. */
    by: string;
    now: () => Date;
  }) {
    const { scanId, part, by } = options;
    this.#knex = options.knex;
    this.#hold = { scanId, part, by };
    this.#now = options.now;
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async beat(): Promise<void> {
    try {
      await this.#knex.transaction(tx => this.#holdIn(tx));
    } catch {
      // Lost, which the signal tells, or the database did not answer.
    }
  }

  async write<T>(run: (tx: Knex) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async tx => {
      const result = await run(tx);
      await this.#holdIn(tx);
      return result;
    });
  }

  /** Hands over what came out of the part, which is done with. */
  async finish(outcome: unknown): Promise<void> {
    await this.#knex.transaction(tx =>
      this.#holdIn(tx, JSON.stringify(outcome)),
    );
  }

  async #holdIn(knex: Knex, outcome?: string): Promise<void> {
    const held = await holdPart({
      ...{ knex, ...this.#hold, outcome },
      at: this.#now().toISOString(),
    });
    if (!held) {
      const error = new Error(
        'The scan has ended, or another replica took this part of it over',
      );
      this.#lost.abort(error);
      throw error;
    }
  }
}
