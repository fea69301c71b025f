import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { Digest } from '../digest/Digest';
import {
  NOTHING_TO_TELL,
  type DigestSender,
  type PreparedNotifications,
} from '../digest/DigestSender';
import { readDueSoon } from '../digest/readDueSoon';
import type { DriftConfig } from '../DriftConfig';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import { deleteExpired } from '../store/deleteExpired';
import { finishScan } from '../store/finishScan';
import { writeHistory } from '../store/writeHistory';
import { addNews, forgetNews, readNews } from '../store/scanNews';
import { refreshChanged } from './refreshChanged';
import type { ScanFence } from './ScanFence';
import type { ScanNews } from './ScanNews';

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
   * Keeps the day's numbers, ends the scan as completed and tells of it. It
   * keeps its place: call `endFollowUp` once nothing more follows from it.
   *
   * @throws where another replica took the scan over meanwhile
   */
  async complete(options: {
    scanId: string;
    now: Date;
    fence: ScanFence;
    lastCompletedAt: string | undefined;
  }): Promise<void> {
    const { scanId, now, fence, lastCompletedAt } = options;
    const { database: knex, config, events, digests, logger } = this.#options;
    await writeHistory({ knex, now });
    if (dayOf(now) !== lastCompletedAt?.slice(0, 10)) {
      // Once a day is often enough to forget.
      await deleteExpired({
        knex,
        before: new Date(now.getTime() - config.retentionMs).toISOString(),
      });
    }
    // Also what scans found that did not come to their end.
    const found = await readNews({ knex, kind: 'digest' });
    const digest = new Digest();
    found
      .flatMap(({ body }) => body)
      .forEach(message => digest.addMessage(message));
    if (lastCompletedAt) {
      await this.#addDue({ digest, after: lastCompletedAt, until: now });
    }
    const prepared = lastCompletedAt
      ? await digests.prepareDigests({ digest, scanId })
      : digests.prepareFirstSummary({ counts: fence.counts, scanId });

    const { opened, reopened, closed, processed } = fence.counts;
    const { at, tell } = await this.#end({
      ...{ scanId, fence, prepared, state: 'completed' },
      told: found.map(({ id }) => id),
    });
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
    await tell();
  }

  /** Ends the scan and keeps what is to be sent, both or neither. */
  async #end(options: {
    scanId: string;
    fence: ScanFence;
    state: 'completed' | 'suspended';
    reason?: string;
    prepared: PreparedNotifications;
    /** Ids of news that are in what is to be sent. */
    told?: string[];
  }): Promise<{ at: string; tell: () => Promise<void> }> {
    const { scanId, fence, state, reason, prepared, told = [] } = options;
    const { database: knex, digests } = this.#options;
    const at = this.#options.now().toISOString();
    const news = await knex.transaction(async tx => {
      const ended = await finishScan({
        knex: tx,
        id: scanId,
        holder: fence.holder,
        at,
        state,
        counts: fence.counts,
        reason,
        followsUp: state === 'completed',
      });
      if (!ended) {
        throw new Error('The scan was taken over before it ended');
      }
      await prepared.keep(tx);
      await forgetNews({ knex: tx, ids: told });
      return addNews({
        ...{ knex: tx, kind: 'message', at },
        bodies: prepared.notifications,
      });
    });
    return { at, tell: () => digests.send({ knex, news }) };
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
    const { events, digests, logger } = this.#options;
    const { at, tell } = await this.#end({
      ...{ scanId, fence, reason, state: 'suspended' },
      prepared: isFirst
        ? digests.prepareSuspension({ reason, scanId })
        : NOTHING_TO_TELL,
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
    await tell();
  }

  /**
   * Tells of the components that came into another state, then has the catalog
   * look at them. Events first: who hears them reads the new verdicts before the catalog asks.
   */
  async announceStates(options: {
    news: ScanNews;
    credentials: BackstageCredentials;
    signal: AbortSignal;
  }): Promise<void> {
    const { news, credentials, signal } = options;
    const { catalog, logger } = this.#options;
    const changes = await news.tellStates();
    await refreshChanged({ catalog, credentials, changes, logger, signal });
  }

  /**
   * Tells what was found and not told because a backend stopped. What is
   * younger than a scan may be silent is on its way.
   */
  async tellLeftovers(options: {
    news: ScanNews;
    now: Date;
    credentials: BackstageCredentials;
    signal: AbortSignal;
  }): Promise<void> {
    const { news, now, credentials, signal } = options;
    const { database: knex, catalog, config, digests, logger } = this.#options;
    const before = new Date(now.getTime() - config.deadAfterMs).toISOString();
    const changes = await news.tellLeftovers({ before });
    await digests.sendLeftovers({ knex, now, before });
    await refreshChanged({ catalog, credentials, changes, logger, signal });
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
