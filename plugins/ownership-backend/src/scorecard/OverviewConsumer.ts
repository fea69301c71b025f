import type { ScanConsumer, ScanProgress } from '../drift/ScanConsumer';
import type { OverviewService } from './OverviewService';

/**
 * Keeps the overview's numbers of the day at the end of every scan.
 */
export class OverviewConsumer implements ScanConsumer {
  readonly #overview: OverviewService;

  constructor(options: { overview: OverviewService }) {
    this.#overview = options.overview;
  }

  async accept(): Promise<void> {}

  keep(): void {}

  async finish({ now }: ScanProgress): Promise<void> {
    await this.#overview.storeDay(now);
  }
}
