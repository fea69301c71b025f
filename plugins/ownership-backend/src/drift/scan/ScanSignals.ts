import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  SCAN_SIGNAL_CHANNEL,
  type ScanSignal,
} from '@service-ownership/backstage-plugin-ownership-common';

/** Milliseconds between two signals of a scan that is in the same state. */
const PAUSE = 1000;

/**
 * Tells open pages how far a scan is. Whoever misses a signal asks for the
 * scan: nothing hangs on one.
 */
export class ScanSignals {
  readonly #signals: SignalsService | undefined;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  #last?: { signal: ScanSignal; at: number };

  constructor(options: {
    /** Nobody is told without. */
    signals?: SignalsService;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Does not wait and never throws. */
  tell({ id, state, processed, total }: ScanSignal): void {
    const at = this.#now().getTime();
    const last = this.#last;
    if (
      !this.#signals ||
      (last?.signal.id === id &&
        last.signal.state === state &&
        at - last.at < PAUSE)
    ) {
      return;
    }
    const message = { id, state, processed, total };
    this.#last = { signal: message, at };
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: SCAN_SIGNAL_CHANNEL,
        message,
      })
      .catch(error => {
        this.#logger.debug(`A signal of scan ${id} was not sent: ${error}`);
      });
  }
}
