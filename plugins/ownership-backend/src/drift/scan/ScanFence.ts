import type { Knex } from 'knex';
import { heartbeatScan } from '../store/heartbeatScan';

/** How far a scan is and what it changed. */
export interface ScanCounts {
  processed: number;
  total: number;
  opened: number;
  reopened: number;
  closed: number;
  unchanged: number;
}

/** What holds the place of whoever judges, and keeps what is written while it does. */
export interface Fence {
  /** Whoever judges adds to these. */
  readonly counts: ScanCounts;
  /** Aborts when the place is lost. */
  readonly signal: AbortSignal;
  /** Gives a sign of life outside of any transaction. Never throws: the next one may get through. */
  beat(): Promise<void>;
  /** Runs writes in one transaction that is kept only if the place still is. */
  write<T>(run: (tx: Knex) => Promise<T>): Promise<T>;
}

/** To count from. */
export function noCounts(): ScanCounts {
  return {
    processed: 0,
    total: 0,
    opened: 0,
    reopened: 0,
    closed: 0,
    unchanged: 0,
  };
}

/**
 * Holds a scan's place: keeps its heartbeat and its progress up, and keeps a
 * scan that was taken for dead from writing beside the one that took over.
 */
export class ScanFence implements Fence {
  readonly counts = noCounts();
  /** Who runs the scan, in its row. */
  readonly holder: string;

  readonly #knex: Knex;
  readonly #scanId: string;
  readonly #now: () => Date;
  readonly #onAlive: () => void;
  readonly #lost = new AbortController();

  constructor(options: {
    knex: Knex;
    scanId: string;
    holder: string;
    now: () => Date;
    /** Called after every sign of life. */
    onAlive?: () => void;
  }) {
    this.#knex = options.knex;
    this.#scanId = options.scanId;
    this.holder = options.holder;
    this.#now = options.now;
    this.#onAlive = options.onAlive ?? (() => {});
  }

  /** Aborts when the scan was cancelled or another replica has taken over. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async beat(): Promise<void> {
    try {
      await this.#heartbeat(this.#knex);
    } catch {
      // Lost, which the signal tells, or the database did not answer.
    }
  }

  async write<T>(run: (tx: Knex) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async tx => {
      const result = await run(tx);
      await this.#heartbeat(tx);
      return result;
    });
  }

  async #heartbeat(knex: Knex): Promise<void> {
    const { processed, total } = this.counts;
    const alive = await heartbeatScan({
      knex,
      id: this.#scanId,
      holder: this.holder,
      at: this.#now().toISOString(),
      progress: { processed, total },
    });
    if (!alive) {
      const error = new Error(
        'The scan was cancelled, or another replica took it for dead and started its own',
      );
      this.#lost.abort(error);
      throw error;
    }
    this.#onAlive();
  }
}
