import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { ScanConsumer, ScanProgress } from '../ScanConsumer';
import { refreshStatistics } from '../store/refreshStatistics';

/**
 * Has everybody work out what follows from a complete scan. What fails or is
 * cut short is made up for by the next scan: it remembers nothing of this one.
 *
 * @returns whether all of it is done
 */
export async function followUp(options: {
  knex: Knex;
  logger: LoggerService;
  consumers: readonly ScanConsumer[];
  progress: ScanProgress;
  /** Whether the scan wrote more than a little. */
  manyWritten: boolean;
  signal: AbortSignal;
}): Promise<boolean> {
  const { knex, logger, consumers, progress, manyWritten, signal } = options;
  try {
    if (manyWritten) {
      await refreshStatistics({ knex });
    }
    for (const consumer of consumers) {
      signal.throwIfAborted();
      await consumer.finish(progress);
    }
    return true;
  } catch (error) {
    logger[signal.aborted ? 'info' : 'error'](
      `What follows from drift scan ${progress.scanId} is left to the next one: ${error}`,
    );
    return false;
  }
}
