import type { Knex } from 'knex';
import { PerScan } from './PerScan';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from './ScanConsumer';
import { syncComponentRows } from './store/syncComponentRows';

/**
 * Keeps what a scan sees of every component in a table of its own: at most one
 * row a component, written once the scan is complete.
 */
export class ComponentRowConsumer<Row extends { entity_ref: string }>
  implements ScanConsumer
{
  readonly #options: ComponentRows<Row> & { knex: Knex };
  readonly #noted = new PerScan(() => ({
    /** What is stored of these stands. */
    kept: new Set<string>(),
    rows: new Map<string, Row>(),
  }));

  constructor(options: ComponentRows<Row> & { knex: Knex }) {
    this.#options = options;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    const { rows } = this.#noted.of(scan);
    for (const component of batch) {
      const row = this.#options.rowOf(component, scan);
      if (row) {
        rows.set(row.entity_ref, row);
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    const { kept } = this.#noted.of(scan);
    entityRefs.forEach(ref => kept.add(ref));
  }

  handOver(scan: ScanProgress): Row[] {
    return [...this.#noted.take(scan).rows.values()];
  }

  takeOver(handedOver: Row[], scan: ScanProgress): void {
    const { rows } = this.#noted.of(scan);
    handedOver.forEach(row => rows.set(row.entity_ref, row));
  }

  async finish(scan: ScanProgress): Promise<void> {
    const { knex, table, columns, whenWritten } = this.#options;
    const { kept, rows } = this.#noted.take(scan);
    await syncComponentRows({
      ...{ knex, table, columns, kept },
      rows: rows.values(),
      whenWritten: whenWritten?.(scan),
    });
  }
}

/** A table with at most one row a component, and what is in it. */
export interface ComponentRows<Row extends { entity_ref: string }> {
  table: string;
  /** Those that the scan fills beside `entity_ref`. */
  columns: ReadonlyArray<keyof Row & string>;
  /** The row of a component; `undefined` where there is nothing to note of it. */
  rowOf(component: JudgedComponent, scan: ScanProgress): Row | undefined;
  /** Columns to set in the rows that are written, whatever they were. */
  whenWritten?(scan: ScanProgress): Record<string, unknown>;
}
