import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { readRuleSets } from '../drift/store/readRuleSets';
import { toDay } from '../scorecard/scorecardHistory';
import type { GoalReader } from './GoalReader';
import type { InitiativeScopes } from './InitiativeScopes';
import { storePoints } from './store/burnUp';
import { countStates } from './store/countStates';
import type { InitiativeRow } from './store/InitiativeRow';
import { writeMembers } from './store/writeMembers';
import { goalOf, toCountedScope } from './toCountedScope';

/**
 * Keeps what initiatives are about up to date, and one point a day of their
 * burn-ups.
 *
 * Law: a goal that does not resolve gives no point. That a rule was renamed is
 * no fall back to zero.
 */
export class BurnUpKeeper {
  readonly #knex: Knex;
  readonly #goals: GoalReader;
  readonly #scopes: InitiativeScopes;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    goals: GoalReader;
    scopes: InitiativeScopes;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#goals = options.goals;
    this.#scopes = options.scopes;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /**
   * Asks the catalog anew what the predicates match, once for each predicate.
   * What cannot be asked stays as it was.
   *
   * @returns whether all could be asked
   */
  async refreshMembers(): Promise<boolean> {
    const rows = await this.#knex<InitiativeRow>('initiatives')
      .whereIn('state', ['draft', 'active'])
      .whereNotNull('predicate');
    const matches = new Map<string, Set<string>>();
    let complete = true;
    for (const { id, title, predicate } of rows) {
      try {
        const refs =
          matches.get(predicate!) ??
          (await this.#scopes.matching(JSON.parse(predicate!)));
        matches.set(predicate!, refs);
        await writeMembers({ knex: this.#knex, initiativeId: id, refs });
      } catch (error) {
        complete = false;
        this.#logger.warn(
          `What the initiative "${title}" is about stays as it was: ${error}`,
        );
      }
    }
    return complete;
  }

  /** Counts every active initiative. */
  async storeDay(now: Date): Promise<void> {
    await this.#store(
      await this.#knex<InitiativeRow>('initiatives').where('state', 'active'),
      now,
    );
  }

  /** Counts those of the given that are active, so that a burn-up begins where it begins. */
  async storeToday(rows: InitiativeRow[]): Promise<void> {
    await this.#store(
      rows.filter(({ state }) => state === 'active'),
      this.#now(),
    );
  }

  async #store(rows: InitiativeRow[], now: Date): Promise<void> {
    const parts = new Map(
      rows.flatMap(row => {
        const goal = this.#goals.read(goalOf(row));
        return goal.problems.length === 0
          ? [
              [
                row.id,
                {
                  scope: toCountedScope(row, goal),
                  visible: 'all' as const,
                },
              ] as const,
            ]
          : [];
      }),
    );
    if (parts.size === 0) {
      return;
    }
    const figures = await countStates(this.#knex, {
      ruleSets: await readRuleSets(this.#knex),
      now: now.toISOString(),
      parts,
    });
    await storePoints(this.#knex, { day: toDay(now), figures });
  }
}
