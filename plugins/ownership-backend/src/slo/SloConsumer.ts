import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import type { SloService } from './SloService';

interface HandedOver {
  definitions: Array<[entityRef: string, slos: SloDefinition[]]>;
  unreadable: string[];
}

/**
 * Takes the SLO definitions of a scan over once it is complete, so that half a
 * scan never removes an SLO.
 */
export class SloConsumer implements ScanConsumer {
  readonly #slos: SloService;
  #scanId?: string;
  #definitions = new Map<string, SloDefinition[]>();
  #last: ReadonlyMap<string, SloDefinition[]> = new Map();
  #unreadable = new Set<string>();

  constructor(options: { slos: SloService }) {
    this.#slos = options.slos;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    for (const { facts } of batch) {
      if (facts.slos.length > 0) {
        this.#definitions.set(facts.entityRef, facts.slos);
      }
      // A file that cannot be fetched just now says nothing about its SLOs.
      if (
        facts.contract.status === 'unreadable' ||
        facts.unavailable.contract ||
        facts.unavailable.slo
      ) {
        this.#unreadable.add(facts.entityRef);
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    this.#begin(scan);
    for (const ref of entityRefs) {
      const definitions = this.#last.get(ref);
      if (definitions) {
        this.#definitions.set(ref, definitions);
      }
    }
  }

  handOver(scan: ScanProgress): HandedOver {
    this.#begin(scan);
    const handedOver = {
      definitions: [...this.#definitions],
      unreadable: [...this.#unreadable],
    };
    this.#forget();
    return handedOver;
  }

  takeOver({ definitions, unreadable }: HandedOver, scan: ScanProgress): void {
    this.#begin(scan);
    definitions.forEach(([ref, slos]) => this.#definitions.set(ref, slos));
    unreadable.forEach(ref => this.#unreadable.add(ref));
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    await this.#slos.syncDefinitions({
      definitionsByEntity: this.#definitions,
      keep: this.#unreadable,
    });
    this.#last = this.#definitions;
    this.#forget();
  }

  #begin(scan: ScanProgress) {
    if (this.#scanId !== scan.scanId) {
      this.#forget();
      this.#scanId = scan.scanId;
    }
  }

  #forget() {
    this.#scanId = undefined;
    this.#definitions = new Map();
    this.#unreadable = new Set();
  }
}
