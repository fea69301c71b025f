import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import type { BurnUpKeeper } from './BurnUpKeeper';

/**
 * Counts the initiatives at the end of every scan.
 */
export class InitiativeConsumer implements ScanConsumer {
  readonly #burnUps: BurnUpKeeper;
  #scopesAreStale = true;

  constructor(options: { burnUps: BurnUpKeeper }) {
    this.#burnUps = options.burnUps;
  }

  async accept(batch: JudgedComponent[]): Promise<void> {
    // Where no entity changed no predicate matches anything else.
    this.#scopesAreStale ||= batch.length > 0;
  }

  keep(): void {}

  handOver(): boolean {
    const isStale = this.#scopesAreStale;
    this.#scopesAreStale = false;
    return isStale;
  }

  takeOver(isStale: boolean): void {
    this.#scopesAreStale ||= isStale;
  }

  async finish({ now }: ScanProgress): Promise<void> {
    if (this.#scopesAreStale) {
      this.#scopesAreStale = !(await this.#burnUps.refreshMembers());
    }
    await this.#burnUps.storeDay(now);
  }
}
