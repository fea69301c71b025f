import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { MissingPrincipals } from '../../../directory/MissingPrincipals';
import type { ScanConsumer } from '../../ScanConsumer';
import { inSlices } from '../../store/inSlices';
import { releasePart, takePart, type ScanPart } from '../../store/scanParts';
import type { JudgementContext } from '../judgeComponents';
import { judgePages } from '../judgePages';
import { keepBeating } from '../keepBeating';
import { PageJudge } from '../PageJudge';
import type { ScanNews } from '../ScanNews';
import { PAGE_SIZE, type StreamedComponent } from '../streamComponents';
import type { RememberedVerdict } from '../VerdictMemory';
import { PartFence } from './PartFence';
import type { PartOutcome } from './PartOutcome';
import type { ScanWorld } from './ScanWorld';

export interface PartWorkerOptions {
  knex: Knex;
  logger: LoggerService;
  scanId: string;
  world: ScanWorld;
  /** Everything verdicts are made by; `missing` is each part's own. */
  context: Omit<JudgementContext, 'missing'>;
  platformTeam?: string;
  /** What it keeps there is told by the replica that runs the scan. */
  news: ScanNews;
  /** This worker's own: nobody else feeds them. */
  consumers: readonly ScanConsumer[];
  /** The whole of components, in any order. */
  read: (entityRefs: string[]) => Promise<StreamedComponent[]>;
  /** Workers of a scan at a time. */
  limit: number;
  /** A worker that is silent for so long has lost its part; milliseconds. */
  deadAfterMs: number;
  now: () => Date;
}

/**
 * Judges parts of a scan that is divided, in whatever replica: writes what is
 * different, as a scan does, and leaves for it what it takes to its end.
 */
export class PartWorker {
  readonly #options: PartWorkerOptions;
  readonly #id = randomUUID();

  constructor(options: PartWorkerOptions) {
    this.#options = options;
  }

  /**
   * Takes a part that nobody judges and judges it. False where there is none.
   *
   * @throws what judging throws: the part is left to somebody else
   */
  async judgeNext(options: { signal: AbortSignal }): Promise<boolean> {
    const { knex, scanId, limit, deadAfterMs, now } = this.#options;
    const at = now();
    const part = await takePart({
      knex,
      scanId,
      by: this.#id,
      at: at.toISOString(),
      deadline: new Date(at.getTime() - deadAfterMs).toISOString(),
      limit,
    });
    if (!part) {
      return false;
    }
    const fence = new PartFence({
      ...{ knex, scanId, now, by: this.#id, part: part.part },
    });
    const endBeating = keepBeating({ fence, deadAfterMs });
    try {
      const signal = AbortSignal.any([options.signal, fence.signal]);
      await fence.finish(await this.#judge(part, fence, signal));
      return true;
    } catch (error) {
      await releasePart({
        ...{ knex, scanId, part: part.part, by: this.#id },
      }).catch(() => {
        // The database is gone: silence says the same.
      });
      throw error;
    } finally {
      endBeating();
    }
  }

  async #judge(
    { entityRefs }: ScanPart,
    fence: PartFence,
    signal: AbortSignal,
  ): Promise<PartOutcome> {
    const { scanId, world, context, consumers, read } = this.#options;
    const { directory } = context.organisation;
    const progress = { scanId, now: context.now, directory };
    const verdicts: Array<[string, RememberedVerdict]> = [];
    const missing = new MissingPrincipals({
      stored: world.storedMissing,
      former: world.former,
      directory,
      now: context.now,
    });
    const judge = new PageJudge({
      ...this.#options,
      fence,
      context: { ...context, missing },
      lastCompletedAt: world.lastCompletedAt,
      memory: {
        remember: (ref, verdict) => verdicts.push([ref, verdict]),
      },
      maxKept: 0,
    });
    async function* pages() {
      for (const refs of inSlices(entityRefs, PAGE_SIZE)) {
        signal.throwIfAborted();
        yield await read(refs);
      }
    }
    await judgePages({ pages: pages(), judge, consumers, progress });
    signal.throwIfAborted();
    const { total: _total, ...counts } = fence.counts;
    return {
      counts: { ...counts, processed: entityRefs.length },
      written: judge.written,
      owners: [...judge.owners],
      verdicts,
      orphans: [...judge.orphans],
      missing: missing.asked(),
      consumers: consumers.map(consumer => consumer.handOver?.(progress)),
    };
  }
}
