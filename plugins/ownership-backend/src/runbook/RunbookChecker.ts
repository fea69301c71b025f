import type { RunbookCheck } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inParallel } from '../drift/scan/inParallel';
import { columnText } from '../drift/store/columnText';
import type { RunbookReader } from './RunbookReader';
import type { RunbookCheckRow } from './store/RunbookCheckRow';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What was found is looked at again after a week; the rest may be put right any day. */
const AGAIN_MS: Record<RunbookCheck['state'], number> = {
  found: 7 * DAY_MS,
  gone: DAY_MS,
  unknown: DAY_MS,
};

/** Components whose runbooks are opened at the same time. */
const AT_ONCE = 4;

/** For one page. */
const PATIENCE_MS = 30_000;

/**
 * Opens the runbooks of all components, a few at a time and each only once in
 * a while: code hosts count what is asked of them.
 */
export class RunbookChecker {
  readonly #knex: Knex;
  readonly #reader: Pick<RunbookReader, 'check'>;
  readonly #perHour: number;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    reader: Pick<RunbookReader, 'check'>;
    /** Components whose runbooks are opened in one run. */
    perHour: number;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#reader = options.reader;
    this.#perHour = options.perHour;
    this.#now = options.now;
  }

  /** Opens what is due, the longest waiting first. */
  async run(options: { signal: AbortSignal }): Promise<void> {
    const { signal } = options;
    const due = await this.#knex<RunbookCheckRow>('runbook_checks')
      .where('next_at', '<=', this.#now().toISOString())
      .orderBy(['next_at', 'entity_ref'])
      .limit(this.#perHour);
    await inParallel(due, AT_ONCE, row => this.#check(row, signal));
  }

  async #check(row: RunbookCheckRow, signal: AbortSignal): Promise<void> {
    const { entity_ref: entityRef, urls } = row;
    const checks: Array<[url: string, check: RunbookCheck]> = [];
    for (const url of JSON.parse(urls) as string[]) {
      const check = await this.#open({ entityRef, url, signal });
      if (signal.aborted) {
        return;
      }
      checks.push([url, check]);
    }
    const soonest = Math.min(...checks.map(([, { state }]) => AGAIN_MS[state]));
    await this.#knex<RunbookCheckRow>('runbook_checks')
      // A scan may have noted other ones meanwhile.
      .where({ entity_ref: entityRef, urls })
      .update({
        checks: JSON.stringify(checks),
        next_at: new Date(this.#now().getTime() + soonest).toISOString(),
      });
  }

  async #open(options: {
    entityRef: string;
    url: string;
    signal: AbortSignal;
  }): Promise<RunbookCheck> {
    const { state, reason } = await this.#reader.check({
      ...options,
      signal: AbortSignal.any([
        options.signal,
        AbortSignal.timeout(PATIENCE_MS),
      ]),
    });
    return {
      state,
      ...(reason !== undefined && { reason: columnText(reason, 500) }),
    };
  }
}
