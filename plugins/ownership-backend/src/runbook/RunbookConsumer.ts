import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import type {
  JudgedComponent,
  ScanConsumer,
  ScanProgress,
} from '../drift/ScanConsumer';
import { inSlices } from '../drift/store/inSlices';
import { insertRows } from '../drift/store/insertRows';
import type { RunbookCheckRow } from './store/RunbookCheckRow';

/** Most runbooks of one component that are opened. */
const MAX_RUNBOOKS = 20;

type Noted = Pick<RunbookCheckRow, 'entity_ref' | 'urls'>;

/** Notes where the runbooks of every component are, so that they can be opened. */
export class RunbookConsumer implements ScanConsumer {
  readonly #knex: Knex;
  #scanId?: string;
  /** What is noted of these stands. */
  #kept = new Set<string>();
  #noted = new Map<string, string>();

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    for (const { facts } of batch) {
      const urls = new Set(facts.effective.runbooks?.map(({ url }) => url));
      if (urls.size > 0) {
        this.#noted.set(
          facts.entityRef,
          JSON.stringify([...urls].slice(0, MAX_RUNBOOKS)),
        );
      }
    }
  }

  keep(entityRefs: string[], scan: ScanProgress): void {
    this.#begin(scan);
    entityRefs.forEach(ref => this.#kept.add(ref));
  }

  handOver(scan: ScanProgress): Array<[entityRef: string, urls: string]> {
    this.#begin(scan);
    const noted = [...this.#noted];
    this.#forget();
    return noted;
  }

  takeOver(noted: Array<[string, string]>, scan: ScanProgress): void {
    this.#begin(scan);
    noted.forEach(([ref, urls]) => this.#noted.set(ref, urls));
  }

  async finish(scan: ScanProgress): Promise<void> {
    this.#begin(scan);
    const rows: Noted[] = await this.#knex<RunbookCheckRow>(
      'runbook_checks',
    ).select('entity_ref', 'urls');
    const stored = new Map(rows.map(row => [row.entity_ref, row.urls]));
    const gone = [...stored.keys()].filter(
      ref => !this.#kept.has(ref) && !this.#noted.has(ref),
    );
    for (const refs of inSlices(gone)) {
      const query = this.#knex('runbook_checks');
      whereIn(query, 'entity_ref', refs);
      await query.delete();
    }
    const changed = [...this.#noted].filter(
      ([ref, urls]) => stored.get(ref) !== urls,
    );
    for (const slice of inSlices(changed)) {
      // What is known of an address that stays is known until it is opened again.
      await insertRows(
        this.#knex,
        'runbook_checks',
        slice.map(([entity_ref, urls]) => ({
          entity_ref,
          urls,
          next_at: scan.now.toISOString(),
        })),
      )
        .onConflict('entity_ref')
        .merge(['urls', 'next_at']);
    }
    this.#forget();
  }

  #begin({ scanId }: ScanProgress) {
    if (this.#scanId !== scanId) {
      this.#forget();
      this.#scanId = scanId;
    }
  }

  #forget() {
    this.#scanId = undefined;
    this.#kept = new Set();
    this.#noted = new Map();
  }
}
