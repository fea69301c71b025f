import type { ScanConsumer, ScanProgress } from '../drift/ScanConsumer';
import type { HandoverService } from './HandoverService';

/**
 * Ends the handovers of components that left the catalog, at the end of every
 * whole scan.
 */
export class HandoverConsumer implements ScanConsumer {
  readonly #handovers: Pick<HandoverService, 'dropVanished'>;

  constructor(options: { handovers: Pick<HandoverService, 'dropVanished'> }) {
    this.#handovers = options.handovers;
  }

  async accept(): Promise<void> {}

  keep(): void {}

  async finish({ now }: ScanProgress): Promise<void> {
    await this.#handovers.dropVanished(now);
  }
}
