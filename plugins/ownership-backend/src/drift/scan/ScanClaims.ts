import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { claimScan } from '../store/claimScan';
import { hasDeadScan } from '../store/hasDeadScan';
import { readLastScans } from '../store/readLastScans';
import type { ScanRow } from '../store/ScanRow';
import { takeOffered } from '../store/takeOffered';

// What follows from a scan keeps the next one waiting, and whoever asked for it.
const WAIT_MS = 30_000;
const LOOK_AGAIN_MS = 100;

/** A clock that is further back than this is believed. */
const SET_BACK_MS = 2 * 3_600_000;

/** What an older scan saw is not worth carrying on. */
const CARRY_ON_MS = 30 * 60_000;

/** The scan that is active now. */
export interface ClaimedScan {
  scan: ScanRow;
  /** By which this process runs or offers it; absent where another one does. */
  holder?: string;
}

/**
 * Decides, with the table of scans, which of all replicas runs the one scan
 * that may run.
 */
export class ScanClaims {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #deadAfterMs: number;
  readonly #judgedBy: () => string;

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    now: () => Date;
    /** A scan without a heartbeat for so long counts as dead. */
    deadAfterMs: number;
    /** A scan that was judged by something else is not carried on. */
    judgedBy: () => string;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#now = options.now;
    this.#deadAfterMs = options.deadAfterMs;
    this.#judgedBy = options.judgedBy;
  }

  /**
   * Claims a new scan, or one that stopped and can be carried on, or gives the
   * one that another process runs. Where one just completed, what follows from
   * it is waited for, half a minute at most.
   */
  async claim(options: {
    requestedBy?: string;
    /** Whether a new scan is queued for whoever takes it. */
    offers?: boolean;
    signal: AbortSignal;
  }): Promise<ClaimedScan> {
    const { requestedBy, offers, signal } = options;
    for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
      const now = await this.#startOfScan();
      const holder = randomUUID();
      const { scan, claimed, tookOver } = await claimScan({
        knex: this.#knex,
        id: randomUUID(),
        holder,
        at: now.toISOString(),
        deadline: this.#deadline(),
        carryOn: {
          startedAfter: new Date(now.getTime() - CARRY_ON_MS).toISOString(),
          judgedBy: this.#judgedBy(),
        },
        requestedBy,
        offers,
      });
      if (claimed && scan.resumable) {
        this.#logger.warn(
          `Drift scan ${scan.id} stopped without an end; it is carried on`,
        );
      }
      for (const id of tookOver) {
        this.#logger.warn(
          `Drift scan ${id} stopped without an end; starting anew`,
        );
      }
      if (claimed) {
        return { scan, holder };
      }
      if (!scan.follows_up || waited >= WAIT_MS) {
        return { scan };
      }
      await setTimeout(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  /** Takes a scan that is offered; `undefined` where somebody else was faster. */
  async take(id: string): Promise<Required<ClaimedScan> | undefined> {
    const holder = randomUUID();
    const at = await this.#startOfScan();
    const scan = await takeOffered({
      ...{ knex: this.#knex, id, holder, at: at.toISOString() },
    });
    return scan && { scan, holder };
  }

  /** Whether a backend stopped in the middle of a scan. */
  async hasDead(): Promise<boolean> {
    return hasDeadScan({ knex: this.#knex, deadline: this.#deadline() });
  }

  /**
   * Verdicts do not go back in time where a clock is set back a little, or
   * that of another replica is ahead.
   */
  async #startOfScan(): Promise<Date> {
    const now = this.#now();
    const { finished } = await readLastScans({ knex: this.#knex });
    const last = finished ? Date.parse(finished.started_at) : 0;
    return last > now.getTime() && last - now.getTime() <= SET_BACK_MS
      ? new Date(last + 1)
      : now;
  }

  #deadline(): string {
    return new Date(this.#now().getTime() - this.#deadAfterMs).toISOString();
  }
}
