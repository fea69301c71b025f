import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { Digest } from '../digest/Digest';
import type { DigestSender } from '../digest/DigestSender';
import { readDueSoon } from '../digest/readDueSoon';
import type { DriftConfig } from '../DriftConfig';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import { deleteExpired } from '../store/deleteExpired';
import { finishScan } from '../store/finishScan';
import { writeHistory } from '../store/writeHistory';
import { inParallel } from './inParallel';
import type { StateChange } from './PageJudge';
import { refreshChanged } from './refreshChanged';
import type { ScanFence } from './ScanFence';

/**
 * What happens when a scan has seen everything, or must not go on: its row,
 * the history, events, notifications and the catalog's flags.
 */
export class ScanEnding {
  readonly #options: {
    database: Knex;
    catalog: CatalogService;
    logger: LoggerService;
    config: DriftConfig;
    events: OwnershipEvents;
    digests: DigestSender;
    now: () => Date;
  };

  constructor(options: {
    database: Knex;
    catalog: CatalogService;
    logger: LoggerService;
    config: DriftConfig;
    events: OwnershipEvents;
    digests: DigestSender;
    now: () => Date;
  }) {
    this.#options = options;
  }

  /**
   * Keeps the day's numbers, ends the scan as completed and tells of it.
   *
   * @throws where another replica took the scan over meanwhile
   */
  async complete(options: {
    scanId: string;
    now: Date;
    fence: ScanFence;
    digest: Digest;
    lastCompletedAt: string | undefined;
  }): Promise<void> {
    const { scanId, now, fence, digest, lastCompletedAt } = options;
    const { database: knex, config, events, digests, logger } = this.#options;
    await writeHistory({ knex, now });
    if (dayOf(now) !== lastCompletedAt?.slice(0, 10)) {
      // Once a day is often enough to forget.
      await deleteExpired({
        knex,
        before: new Date(now.getTime() - config.retentionMs).toISOString(),
      });
    }
    const at = this.#options.now().toISOString();
    const ended = await finishScan({
      knex,
      id: scanId,
      at,
      state: 'completed',
      counts: fence.counts,
    });
    if (!ended) {
      throw new Error('The scan was taken over before it ended');
    }
    const { opened, reopened, closed, processed } = fence.counts;
    logger.info(
      `Drift scan ${scanId} looked at ${processed} components: ${opened} findings opened, ${reopened} reopened, ${closed} closed`,
    );
    await events.publish({
      type: 'scan.completed',
      at,
      scanId,
      opened,
      reopened,
      closed,
    });
    if (lastCompletedAt) {
      await this.#addDue({ digest, after: lastCompletedAt, until: now });
    }
    await (lastCompletedAt
      ? digests.sendDigests({ digest, scanId })
      : digests.sendFirstSummary({ counts: fence.counts, scanId }));
  }

  /** What is due soon is worth a word, and not a scan that failed at its end. */
  async #addDue(options: {
    digest: Digest;
    after: string;
    until: Date;
  }): Promise<void> {
    const { digest, after, until } = options;
    const { database: knex, logger } = this.#options;
    try {
      const due = await readDueSoon({
        knex,
        after,
        until: until.toISOString(),
      });
      due.forEach(({ recipient, entry }) => digest.addDue(recipient, entry));
    } catch (error) {
      logger.warn(`Nobody is told of what is due soon: ${error}`);
    }
  }

  /** Ends the scan as suspended. The platform team hears of the first one in a row. */
  async suspend(options: {
    scanId: string;
    fence: ScanFence;
    reason: string;
    /** Of the suspended scans in a row: the one that is told of. */
    isFirst: boolean;
  }): Promise<void> {
    const { scanId, fence, reason, isFirst } = options;
    const { database: knex, events, digests, logger } = this.#options;
    const at = this.#options.now().toISOString();
    await finishScan({
      knex,
      id: scanId,
      at,
      state: 'suspended',
      counts: fence.counts,
      reason,
    });
    logger.warn(`Drift scan ${scanId} is suspended: ${reason}`);
    await events.publish({
      type: 'scan.suspended',
      at,
      scanId,
      opened: 0,
      reopened: 0,
      closed: 0,
      reason,
    });
    if (isFirst) {
      await digests.sendSuspension({ reason, scanId });
    }
  }

  /**
   * Tells of the components that came into another state, then has the catalog
   * look at them. Events first: who hears them reads the new verdicts before the catalog asks.
   */
  async announceStates(options: {
    changes: StateChange[];
    credentials: BackstageCredentials;
    signal: AbortSignal;
  }): Promise<void> {
    const { changes, credentials, signal } = options;
    const { catalog, events, logger } = this.#options;
    const at = this.#options.now().toISOString();
    await inParallel(changes, 10, change =>
      events.publish({ type: 'state.changed', at, ...change }),
    );
    await refreshChanged({ catalog, credentials, changes, logger, signal });
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
