import { setTimeout } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Page,
  Scan,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { within } from '../../slo/alert/within';
import { cancelScan } from '../store/cancelScan';
import { columnText } from '../store/columnText';
import { finishScan } from '../store/finishScan';
import { listScans } from '../store/listScans';
import { readLastScans } from '../store/readLastScans';
import { readScan } from '../store/readScan';
import { readOffered } from '../store/takeOffered';
import { toScan, type ScanRow } from '../store/ScanRow';
import type { DriftScan } from './DriftScan';
import { keepBeating } from './keepBeating';
import { ScanClaims } from './ScanClaims';
import { ScanFence } from './ScanFence';
import type { ScanSignals } from './ScanSignals';

const LOOK_AGAIN_MS = 100;

/** How often it is asked whether a scan of any length is over. */
const OVER_YET_MS = 1000;

const OFFER_MS = 10_000;
/** After so many times that, nobody stands behind an offer any more. */
const ABANDONED = 1.5;

/** A backend that is stopped is killed before long. */
const END_MS = 5000;

/**
 * Sees to it that at most one scan runs, over all replicas, and that one ends
 * for good even if the backend that ran it does not.
 *
 * A scan on demand runs in the process that was asked, at once: the table
 * decides who may, so that nothing is gained by waiting for the scheduler.
 */
export class ScanRunner {
  readonly #knex: Knex;
  readonly #scan: DriftScan;
  readonly #claims: ScanClaims;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #deadAfterMs: number;
  readonly #offerMs: number;
  readonly #endMs: number;
  readonly #signals: ScanSignals | undefined;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #helping: Promise<void> = Promise.resolve();
  /** A scan waits until the one that runs is over. */
  #follows = false;
  /** What this process runs: cancelled here, it need not wait to be told. */
  readonly #cancel = new Map<string, AbortController>();

  constructor(options: {
    database: Knex;
    scan: DriftScan;
    logger: LoggerService;
    now: () => Date;
    /** A scan without a heartbeat for so long counts as dead. */
    deadAfterMs: number;
    /** For so long a scan waits for the replica that ran the last one; 10 seconds without. */
    offerMs?: number;
    /** For so long a shutdown waits for what does not answer; 5 seconds without. */
    endMs?: number;
    /** Tells open pages of progress. */
    signals?: ScanSignals;
  }) {
    this.#knex = options.database;
    this.#scan = options.scan;
    this.#logger = options.logger;
    this.#now = options.now;
    this.#deadAfterMs = options.deadAfterMs;
    this.#offerMs = options.offerMs ?? OFFER_MS;
    this.#endMs = options.endMs ?? END_MS;
    this.#signals = options.signals;
    this.#claims = new ScanClaims({
      ...options,
      knex: options.database,
      judgedBy: () => options.scan.judgedBy,
    });
  }

  /**
   * Starts a scan and gives it back, or gives the one that runs. Where one
   * just completed, what follows from it is waited for, half a minute at most.
   */
  async start(options?: { requestedBy?: string }): Promise<Scan> {
    const { scan } = await this.#claimAndRun({ ...options });
    return scan;
  }

  /**
   * Starts a scan that sees what was changed before: where one runs already,
   * which may have passed that, another follows as soon as it is over, or in its
   * turn where this backend stops before.
   */
  async startAnew(options?: { requestedBy?: string }): Promise<void> {
    const asked = this.#now().toISOString();
    const scan = await this.start(options);
    if (scan.startedAt < asked && !this.#follows) {
      this.#follows = true;
      this.#startAfter({ ...options, id: scan.id }).catch(error => {
        this.#follows = false;
        if (!this.#stop.signal.aborted) {
          this.#logger.warn(
            `The drift scan that was to follow another is left to the schedule: ${error}`,
          );
        }
      });
    }
  }

  async #startAfter(options: {
    id: string;
    requestedBy?: string;
  }): Promise<void> {
    const { id, requestedBy } = options;
    const { signal } = this.#stop;
    while (['queued', 'running'].includes((await this.get(id)).state)) {
      await setTimeout(OVER_YET_MS, undefined, { signal });
    }
    // What is changed from now on needs another one again.
    this.#follows = false;
    await this.start({ requestedBy });
  }

  /**
   * Runs a scan to its end; nothing to wait for where another replica runs
   * one. For the scheduler.
   */
  async run(options?: { signal?: AbortSignal }): Promise<void> {
    const { done } = await this.#claimAndRun({ ...options });
    await done;
  }

  /**
   * As `run`, for the scheduler, which gives a scan to any replica: offers it
   * first to the one that ran the last scan and need not judge everything
   * again.
   */
  async runScheduled(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { finished } = await readLastScans({ knex: this.#knex });
    if (!finished || (await this.#scan.mayRecall({ now: this.#now() }))) {
      await this.run(options);
      return;
    }
    const { scan, holder } = await this.#claims.claim({
      offers: true,
      signal: this.#stop.signal,
    });
    if (!holder) {
      return;
    }
    if (scan.holder === holder) {
      // One that had stopped and is carried on.
      await this.#hold({ ...options, scan, holder });
      return;
    }
    const { signal } = this.#stop;
    for (let waited = 0; waited < this.#offerMs; waited += LOOK_AGAIN_MS) {
      if ((await this.get(scan.id)).state !== 'queued') {
        return;
      }
      try {
        await setTimeout(LOOK_AGAIN_MS, undefined, { signal });
      } catch {
        // The backend shuts down: `runOffered` of another one takes it.
        return;
      }
    }
    const taken = await this.#take({ ...options, id: scan.id });
    await taken?.done;
  }

  /**
   * Runs a scan that another replica offers: at once if this one ran the last
   * scan, and later if the one that offers it should have run it by then, but
   * has stopped. For the scheduler, on every replica. One small statement where
   * there is none.
   */
  async runOffered(options: { signal?: AbortSignal } = {}): Promise<void> {
    const scan = await readOffered({ knex: this.#knex });
    if (!scan) {
      return;
    }
    const now = this.#now();
    const offeredMs = now.getTime() - Date.parse(scan.started_at);
    if (
      offeredMs > ABANDONED * this.#offerMs ||
      (await this.#scan.mayRecall({ now }))
    ) {
      const taken = await this.#take({ ...options, id: scan.id });
      await taken?.done;
    }
  }

  /**
   * Starts anew where a backend stopped in the middle of a scan. The scheduler
   * would leave it until the task times out. One small statement otherwise.
   */
  async takeOver(): Promise<void> {
    if (await this.#claims.hasDead()) {
      await this.run();
    }
  }

  /**
   * Judges parts of a scan that another replica runs, if it is divided. For the
   * scheduler, on every replica. One small statement where there is none.
   */
  async help(options: { signal?: AbortSignal } = {}): Promise<void> {
    if (this.#running.size > 0) {
      return;
    }
    const signals = [
      this.#stop.signal,
      ...(options.signal ? [options.signal] : []),
    ];
    this.#helping = this.#scan
      .help({ signal: AbortSignal.any(signals) })
      .catch(error =>
        this.#logger.warn(
          `A part of a drift scan was left to another replica: ${error}`,
        ),
      );
    await this.#helping;
  }

  /** @throws NotFoundError where there is no scan of this id */
  async get(id: string): Promise<Scan> {
    const row = await readScan({ knex: this.#knex, id: columnText(id, 36) });
    if (!row) {
      throw new NotFoundError(`There is no scan ${id.slice(0, 36)}`);
    }
    return toScan(row);
  }

  /**
   * Cancels a scan that runs, in this replica or another; gives one that has
   * ended as it ended. What it wrote before is true and stays.
   *
   * @throws NotFoundError where there is no scan of this id
   */
  async cancel(options: { id: string; by?: string }): Promise<Scan> {
    const { id, by } = options;
    const { id: scanId } = await this.get(id);
    const cancelled = await this.#cancelled(
      scanId,
      by ? `Cancelled by ${by}` : 'Cancelled',
    );
    const scan = await this.get(scanId);
    if (cancelled) {
      this.#cancel.get(scanId)?.abort(new Error(scan.reason));
      this.#signals?.tell(scan);
    }
    return scan;
  }

  async list(options: {
    cursor?: string;
    limit?: number;
  }): Promise<Page<Scan>> {
    const { cursor, limit = 50 } = options;
    return listScans({ knex: this.#knex, cursor, limit });
  }

  /**
   * Cancels what this process runs and waits until it has said so; not for
   * long where it hangs on an answer, as of a catalog that is down.
   */
  async shutdown(): Promise<void> {
    const stopped = new Error('The backend is shutting down');
    this.#stop.abort(stopped);
    try {
      await within(this.#endMs, Promise.all([this.#helping, ...this.#running]));
    } catch {
      const cancelled = [...this.#cancel.keys()].map(id =>
        this.#cancelled(id, stopped.message),
      );
      await within(END_MS, Promise.all(cancelled)).catch(() => {
        // The database is gone: the heartbeat that stays away says the same.
      });
    }
  }

  async #cancelled(id: string, reason: string): Promise<boolean> {
    return cancelScan({
      knex: this.#knex,
      id,
      at: this.#now().toISOString(),
      reason: columnText(reason, 2000),
    });
  }

  async #claimAndRun(options: {
    requestedBy?: string;
    signal?: AbortSignal;
  }): Promise<{ scan: Scan; done?: Promise<void> }> {
    const { requestedBy, signal } = options;
    const { scan, holder } = await this.#claims.claim({
      requestedBy,
      signal: this.#stop.signal,
    });
    if (!holder) {
      // Who asks now does not wait for the one it is offered to.
      const taken =
        scan.state === 'queued' && (await this.#take({ id: scan.id, signal }));
      return taken
        ? { scan: toScan(taken.scan), done: taken.done }
        : { scan: toScan(scan) };
    }
    return { scan: toScan(scan), done: this.#hold({ scan, holder, signal }) };
  }

  /** Takes a scan that is offered; `undefined` where somebody else was faster. */
  async #take(options: {
    id: string;
    signal?: AbortSignal;
  }): Promise<{ scan: ScanRow; done: Promise<void> } | undefined> {
    const { id, signal } = options;
    const taken = await this.#claims.take(id);
    return (
      taken && { scan: taken.scan, done: this.#hold({ ...taken, signal }) }
    );
  }

  async #hold(options: {
    scan: ScanRow;
    holder: string;
    signal?: AbortSignal;
  }): Promise<void> {
    const { signal, ...scan } = options;
    const done = this.#execute({
      ...scan,
      signal: AbortSignal.any([this.#stop.signal, ...(signal ? [signal] : [])]),
    });
    this.#running.add(done);
    await done.finally(() => this.#running.delete(done));
  }

  /** Never throws: what goes wrong is the scan's outcome. */
  async #execute(options: {
    scan: ScanRow;
    holder: string;
    signal: AbortSignal;
  }): Promise<void> {
    const { scan, holder } = options;
    const { id } = scan;
    let completed = false;
    const fence = new ScanFence({
      knex: this.#knex,
      scanId: id,
      holder,
      now: this.#now,
      onAlive: () =>
        this.#signals?.tell({
          id,
          state: completed ? 'completed' : 'running',
          ...fence.counts,
        }),
    });
    const cancel = new AbortController();
    this.#cancel.set(id, cancel);
    const stopped = AbortSignal.any([options.signal, cancel.signal]);
    const signal = AbortSignal.any([stopped, fence.signal]);
    const endBeating = keepBeating({ fence, deadAfterMs: this.#deadAfterMs });

    try {
      await this.#scan.run({
        ...{ scanId: id, signal, fence },
        now: new Date(scan.started_at),
        carriesOn: Boolean(scan.resumable),
        onCompleted: () => {
          completed = true;
          this.#signals?.tell({ id, state: 'completed', ...fence.counts });
        },
      });
    } catch (error) {
      // Cancelled in another replica, it only knows that its place is lost.
      const ended = await readScan({ knex: this.#knex, id }).catch(
        () => undefined,
      );
      const cancelled = stopped.aborted || ended?.state === 'cancelled';
      const failure = error instanceof Error ? error.message : String(error);
      const message = (cancelled && ended?.reason) || failure;
      this.#logger[cancelled ? 'info' : 'error'](
        `Drift scan ${id} ${
          cancelled ? 'was cancelled' : 'failed'
        }: ${message}`,
      );
      await finishScan({
        knex: this.#knex,
        ...{ id, holder },
        at: this.#now().toISOString(),
        state: cancelled ? 'cancelled' : 'failed',
        counts: fence.counts,
        error: columnText(message, 2000),
      }).catch(() => {
        // The database is gone: the heartbeat that stays away says the same.
      });
    } finally {
      endBeating();
      this.#cancel.delete(id);
      await this.#scan.tidyUp().catch(() => {
        // The database is gone: the next scan that is divided does it.
      });
      if (this.#signals) {
        await this.get(id)
          .then(ended => this.#signals?.tell(ended))
          .catch(() => {
            // The database is gone: there is nothing to tell.
          });
      }
    }
  }
}
