import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { JudgedComponent, ScanConsumer } from './ScanConsumer';
import { columnText } from './store/columnText';
import { writeRuleFaults, type RuleFaultRow } from './store/ruleFaults';

/**
 * Notes which rules broke in a scan, and on how many components: such a rule
 * says `unknown` there and disturbs nobody, so somebody has to be told.
 */
export class RuleFaultConsumer implements ScanConsumer {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  #scanId?: string;
  readonly #faults = new Map<string, RuleFaultRow>();

  constructor(options: { knex: Knex; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
  }

  async accept(
    batch: JudgedComponent[],
    { scanId }: { scanId: string },
  ): Promise<void> {
    this.#begin(scanId);
    for (const { facts, outcomes } of batch) {
      for (const { rule, outcome } of outcomes) {
        if (outcome.status === 'unknown' && outcome.broken) {
          this.#add({
            rule_id: columnText(rule.id, 100),
            components: 1,
            entity_ref: facts.entityRef,
            message: columnText(outcome.reason, 500),
          });
        }
      }
    }
  }

  /** A component on which a rule broke is judged in every scan. */
  keep(_entityRefs: string[], { scanId }: { scanId: string }): void {
    this.#begin(scanId);
  }

  handOver({ scanId }: { scanId: string }): RuleFaultRow[] {
    this.#begin(scanId);
    const faults = [...this.#faults.values()];
    this.#faults.clear();
    return faults;
  }

  takeOver(faults: RuleFaultRow[], { scanId }: { scanId: string }): void {
    this.#begin(scanId);
    faults.forEach(fault => this.#add(fault));
  }

  async finish({ scanId }: { scanId: string }): Promise<void> {
    this.#begin(scanId);
    const faults = [...this.#faults.values()];
    for (const { rule_id, components, entity_ref, message } of faults) {
      const more = components > 1 ? ` and ${components - 1} more` : '';
      this.#logger.warn(
        `The drift rule ${rule_id} broke on ${entity_ref}${more}: ${message}`,
      );
    }
    await writeRuleFaults(this.#knex, faults);
    this.#faults.clear();
  }

  #add(fault: RuleFaultRow): void {
    const known = this.#faults.get(fault.rule_id);
    if (known) {
      known.components += fault.components;
    } else {
      this.#faults.set(fault.rule_id, { ...fault });
    }
  }

  /** What a scan that was cut short left behind is not this one's. */
  #begin(scanId: string): void {
    if (this.#scanId !== scanId) {
      this.#scanId = scanId;
      this.#faults.clear();
    }
  }
}
