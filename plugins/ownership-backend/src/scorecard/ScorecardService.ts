import { NotFoundError } from '@backstage/errors';
import {
  addUp,
  rankLevers,
  ruleGoal,
  type Page,
  type Scorecard,
  type ScorecardEntityResult,
  type ScorecardHistory,
  type ScorecardResultQuery,
  type ScorecardRollup,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../api/Visibility';
import { refText } from '../api/whereOwnedBy';
import { columnText } from '../drift/store/columnText';
import { listResults } from './listResults';
import { readLevers } from './readLevers';
import { readScopeTitles } from './readScopeTitles';
import { readTallies, type ScopeTally } from './readTallies';
import {
  EVERYTHING,
  readHistory,
  readPreviousScores,
  toDay,
} from './scorecardHistory';
import type { ScopeKind } from './scopes';
import { toResult } from './toResult';

/** Days between a score and the one it is compared with. */
const MONTH = 30;

/**
 * What a scorecard needs to know of a rule.
 */
export interface ScoredRule {
  id: string;
  title: string;
  severity: Severity;
}

/**
 * Answers for scorecards: results, roll-ups and history, counted over what
 * the caller may see.
 */
export class ScorecardService {
  readonly #knex: Knex;
  readonly #scorecards: readonly Scorecard[];
  readonly #rules: ReadonlyMap<string, ScoredRule>;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    /** Asked each time: the contents of the list may change. */
    scorecards: readonly Scorecard[];
    rules: Iterable<ScoredRule>;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#scorecards = options.scorecards;
    this.#rules = new Map(
      Array.from(options.rules, rule => [rule.id, rule] as const),
    );
    this.#now = options.now ?? (() => new Date());
  }

  /** The scorecards as configured. */
  get scorecards(): readonly Scorecard[] {
    return this.#scorecards;
  }

  async results(options: {
    id: string;
    query: ScorecardResultQuery;
    visible: VisibleRefs;
  }): Promise<Page<ScorecardEntityResult>> {
    const scorecard = this.get(options.id);
    const page = await listResults(this.#knex, {
      scorecardId: scorecard.id,
      query: options.query,
      visible: options.visible,
    });
    return {
      ...page,
      items: page.items.map(row => ({
        ...toResult({ scorecard, row, titleOf: id => this.#titleOf(id) }),
        entityRef: row.entity_ref,
        entityTitle: row.title ?? undefined,
        ownerRefs: row.ownerRefs,
        tier: row.tier ?? undefined,
      })),
    };
  }

  async rollup(options: {
    id: string;
    groupBy: ScopeKind;
    team?: string;
    visible: VisibleRefs;
  }): Promise<ScorecardRollup> {
    const { groupBy, team, visible } = options;
    const scorecard = this.get(options.id);
    const scorecardId = scorecard.id;
    const { tallies, hidden } = await readTallies(this.#knex, {
      scorecardId,
      groupBy,
      team,
      visible,
    });
    const byScope = new Map<string, ScopeTally[]>(
      Array.from(hidden.keys(), scope => [scope, []]),
    );
    for (const tally of tallies) {
      const group = byScope.get(tally.scope) ?? [];
      group.push(tally);
      byScope.set(tally.scope, group);
    }

    const titles = await readScopeTitles(this.#knex, {
      kind: groupBy,
      refs: [...byScope.keys()],
    });
    const previous =
      groupBy === 'team'
        ? await readPreviousScores(this.#knex, {
            scorecardId,
            day: toDay(this.#now(), -MONTH),
          })
        : new Map<string, number>();
    const levers = await readLevers(this.#knex, { scorecardId, team, visible });

    const parentOf = (ref: string) => {
      const parent = titles.get(ref)?.parent;
      return parent && byScope.has(parent) ? parent : undefined;
    };
    const count = (group: ScopeTally[], state: string) =>
      group
        .filter(tally => tally.state === state)
        .reduce((sum, tally) => sum + tally.entities, 0);
    return {
      items: Array.from(byScope, ([ref, group]) => ({
        ref,
        title: titles.get(ref)?.title ?? ref,
        parent: parentOf(ref),
        ...addUp(scorecard, group),
        hidden: hidden.get(ref) ?? 0,
        openFindings: group.reduce((sum, t) => sum + t.openFindings, 0),
        orphaned: count(group, 'orphaned'),
        atRisk: count(group, 'at-risk'),
        // A snapshot counts every component: it says nothing about a part.
        previousScore: hidden.get(ref) ? undefined : previous.get(ref),
      })).sort((a, b) => (a.title < b.title ? -1 : 1)),
      levers: rankLevers(
        levers.map(lever => ({
          ...lever,
          title: ruleGoal(lever.ruleId) ?? this.#titleOf(lever.ruleId),
          severity: this.#rules.get(lever.ruleId)?.severity ?? 'low',
        })),
      ),
    };
  }

  /**
   * One point a day. Snapshots count every component; a caller who may not see
   * all of them gets no points.
   */
  async history(options: {
    id: string;
    team?: string;
    from?: string;
    to?: string;
    hidden: boolean;
  }): Promise<ScorecardHistory> {
    if (options.hidden) {
      return { points: [] };
    }
    const history = await readHistory(this.#knex, {
      scorecardId: columnText(options.id, 63),
      scope: options.team ? refText(options.team) : EVERYTHING,
      from: options.from,
      to: options.to ?? toDay(this.#now()),
    });
    // One that is no longer configured keeps its history.
    if (history.points.length === 0) {
      this.get(options.id);
    }
    return history;
  }

  #titleOf(ruleId: string): string {
    return this.#rules.get(ruleId)?.title ?? ruleId;
  }

  /** @throws NotFoundError that names the scorecards there are */
  get(id: string): Scorecard {
    const scorecard = this.#scorecards.find(s => s.id === id);
    if (!scorecard) {
      throw new NotFoundError(
        `There is no scorecard "${id}"; there are ${this.#scorecards
          .map(s => s.id)
          .join(
            ', ',
          )}. One that was configured once keeps its history under /history.`,
      );
    }
    return scorecard;
  }
}
