import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { PerScan } from './PerScan';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from './ScanConsumer';
import { columnText } from './store/columnText';
import { writeRuleFaults, type RuleFaultRow } from './store/ruleFaults';

/**
 * Notes which rules broke in a scan, and on how many components: such a rule
 * says `unknown` there and disturbs nobody, so somebody has to be told.
 */
export class RuleFaultConsumer implements ScanConsumer {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  /** By rule. */
  readonly #faults = new PerScan(() => new Map<string, RuleFaultRow>());

  constructor(options: { knex: Knex; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    const faults = this.#faults.of(scan);
    for (const { facts, outcomes } of batch) {
      for (const { rule, outcome } of outcomes) {
        if (outcome.status === 'unknown' && outcome.broken) {
          add(faults, {
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
  keep(): void {}

  handOver(scan: ScanProgress): RuleFaultRow[] {
    return [...this.#faults.take(scan).values()];
  }

  takeOver(handedOver: RuleFaultRow[], scan: ScanProgress): void {
    const faults = this.#faults.of(scan);
    handedOver.forEach(fault => add(faults, fault));
  }

  async finish(scan: ScanProgress): Promise<void> {
    const faults = [...this.#faults.take(scan).values()];
    for (const { rule_id, components, entity_ref, message } of faults) {
      const more = components > 1 ? ` and ${components - 1} more` : '';
      this.#logger.warn(
        `The drift rule ${rule_id} broke on ${entity_ref}${more}: ${message}`,
      );
    }
    await writeRuleFaults(this.#knex, faults);
  }
}

function add(faults: Map<string, RuleFaultRow>, fault: RuleFaultRow): void {
  const known = faults.get(fault.rule_id);
  if (known) {
    known.components += fault.components;
  } else {
    faults.set(fault.rule_id, { ...fault });
  }
}
