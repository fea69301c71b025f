import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import { PerScan } from '../drift/PerScan';
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
  readonly #fed = new PerScan(() => ({
    definitions: new Map<string, SloDefinition[]>(),
    unreadable: new Set<string>(),
  }));
  #last: ReadonlyMap<string, SloDefinition[]> = new Map();

  constructor(options: { slos: SloService }) {
    this.#slos = options.slos;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    const { definitions, unreadable } = this.#fed.of(scan);
    for (const { facts } of batch) {
      if (facts.slos.length > 0) {
        definitions.set(facts.entityRef, facts.slos);
      }
      // A file that cannot be fetched just now says nothing about its SLOs.
      if (
        facts.contract.status === 'unreadable' ||
        facts.unavailable.contract ||
        facts.unavailable.slo
      ) {
        unreadable.add(facts.entityRef);
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    const { definitions } = this.#fed.of(scan);
    for (const ref of entityRefs) {
      const slos = this.#last.get(ref);
      if (slos) {
        definitions.set(ref, slos);
      }
    }
  }

  handOver(scan: ScanProgress): HandedOver {
    const { definitions, unreadable } = this.#fed.take(scan);
    return { definitions: [...definitions], unreadable: [...unreadable] };
  }

  takeOver(handedOver: HandedOver, scan: ScanProgress): void {
    const { definitions, unreadable } = this.#fed.of(scan);
    handedOver.definitions.forEach(([ref, slos]) => definitions.set(ref, slos));
    handedOver.unreadable.forEach(ref => unreadable.add(ref));
  }

  async finish(scan: ScanProgress): Promise<void> {
    const { definitions, unreadable } = this.#fed.take(scan);
    await this.#slos.syncDefinitions({
      definitionsByEntity: definitions,
      keep: unreadable,
    });
    this.#last = definitions;
  }
}
