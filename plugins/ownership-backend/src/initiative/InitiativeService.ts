import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  behindIdeal,
  idealShare,
  readScopePredicate,
  ruleGoal,
  type Initiative,
  type InitiativeDetail,
  type InitiativeEntity,
  type InitiativeEntityQuery,
  type InitiativeExemption,
  type InitiativePreview,
  type InitiativeGoal,
  type InitiativeScope,
  type InitiativeState,
  type Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { countHidden, countHiddenByTeam } from '../api/countHidden';
import type { VisibleRefs } from '../api/Visibility';
import { refText } from '../api/whereOwnedBy';
import { readOwnerRefs } from '../drift/store/readOwnerRefs';
import { readRuleSets } from '../drift/store/readRuleSets';
import { readScopeTitles } from '../scorecard/readScopeTitles';
import type { GoalReader } from './GoalReader';
import type { InitiativeScopes } from './InitiativeScopes';
import { orderInitiatives } from './orderInitiatives';
import { readPoints } from './store/burnUp';
import { countFailing } from './store/countFailing';
import { countStates, countStatesByTeam } from './store/countStates';
import type { InitiativeRow } from './store/InitiativeRow';
import { listStates } from './store/listStates';
import type { CountedScope } from './store/statesQuery';
import { goalOf, toCountedScope } from './toCountedScope';
import { toInitiative } from './toInitiative';

/** What of an initiative is counted: everything in scope, or what of it a team owns. */
type Part = 'scope' | 'team';

/**
 * Answers for initiatives: progress, burn-up and who is behind, counted over
 * what the caller may see from what the last scan stored.
 */
export class InitiativeService {
  readonly #knex: Knex;
  readonly #goals: GoalReader;
  readonly #scopes: InitiativeScopes;
  readonly #titleOfRule: (ruleId: string) => string | undefined;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    goals: GoalReader;
    scopes: InitiativeScopes;
    titleOfRule(ruleId: string): string | undefined;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#goals = options.goals;
    this.#scopes = options.scopes;
    this.#titleOfRule = options.titleOfRule;
    this.#now = options.now;
  }

  /**
   * Takes five statements whatever their number, one more for who may not see
   * everything; and more for each hundred.
   */
  async list(options: {
    team?: string;
    states?: readonly InitiativeState[];
    visible: VisibleRefs;
  }): Promise<Initiative[]> {
    const query = this.#knex<InitiativeRow>('initiatives');
    if (options.states?.length) {
      query.whereIn('state', [...options.states]);
    }
    const items = await this.#describe(await query, options);
    return orderInitiatives(
      options.team
        ? items.filter(({ ofTeam }) => ofTeam && ofTeam.inScope > 0)
        : items,
    );
  }

  /** @throws NotFoundError */
  async get(options: {
    id: string;
    visible: VisibleRefs;
  }): Promise<InitiativeDetail> {
    const { id, visible } = options;
    const row = await this.#row(id);
    const goal = this.#goals.read(goalOf(row));
    const against = {
      scope: toCountedScope(row, goal),
      ruleSets: await readRuleSets(this.#knex),
      now: this.#now().toISOString(),
      visible,
    };
    const [[initiative], byTeam, failing, exemptions] = await Promise.all([
      this.#describe([row], { visible }),
      countStatesByTeam(this.#knex, against),
      countFailing(this.#knex, against),
      this.#exemptions(id, visible),
    ]);
    const titles = await readScopeTitles(this.#knex, {
      kind: 'team',
      refs: [...byTeam.keys()],
    });
    const ideal = idealShare({ ...initiative, at: this.#now() });
    return {
      ...initiative,
      teams: Array.from(byTeam, ([ref, figures]) => {
        const parent = titles.get(ref)?.parent;
        return {
          ref,
          title: titles.get(ref)?.title ?? ref,
          parent: parent && byTeam.has(parent) ? parent : undefined,
          figures,
          behind:
            initiative.state === 'active' ? behindIdeal({ figures, ideal }) : 0,
        };
      }).sort(
        (a, b) =>
          b.behind - a.behind ||
          b.figures.missing - a.figures.missing ||
          (a.title < b.title ? -1 : 1),
      ),
      exemptions,
      rules: goal.ruleIds.map((ruleId, index) => ({
        ruleId,
        title: ruleGoal(ruleId) ?? this.#titleOfRule(ruleId) ?? ruleId,
        failing: failing[index],
      })),
    };
  }

  /** @throws NotFoundError */
  async entities(options: {
    id: string;
    query: InitiativeEntityQuery;
    visible: VisibleRefs;
  }): Promise<Page<InitiativeEntity>> {
    const row = await this.#row(options.id);
    const goal = this.#goals.read(goalOf(row));
    const page = await listStates(this.#knex, {
      scope: toCountedScope(row, goal),
      ruleSets: await readRuleSets(this.#knex),
      now: this.#now().toISOString(),
      visible: options.visible,
      query: options.query,
    });
    const owners = await readOwnerRefs({
      knex: this.#knex,
      entityRefs: page.items.map(item => item.entity_ref),
    });
    return {
      ...page,
      items: page.items.map(item => {
        const marked = (mark: string) =>
          goal.ruleIds.filter((_, index) => item.goal_marks[index] === mark);
        return {
          entityRef: item.entity_ref,
          entityTitle: item.title ?? undefined,
          ownerRefs: owners.get(item.entity_ref) ?? [],
          tier: item.tier ?? undefined,
          state: item.state,
          missing: marked('f'),
          unknown: marked('u'),
          waived: marked('w'),
        };
      }),
    };
  }

  /**
   * What a goal over a scope would count today. Writes nothing.
   *
   * @throws InputError for a predicate that is none
   */
  async preview(options: {
    goal: InitiativeGoal;
    scope: InitiativeScope;
    visible: VisibleRefs;
    credentials: BackstageCredentials;
  }): Promise<InitiativePreview> {
    const { scope, visible, credentials } = options;
    const goal = this.#goals.read(options.goal);
    const counted: CountedScope = {
      ruleIds: goal.ruleIds,
      scorecardId: goal.scorecardId,
      teams: scope.team ? [refText(scope.team)] : [],
      members:
        scope.predicate === undefined
          ? 'all'
          : await this.#scopes.matching(readScopePredicate(scope.predicate), {
              credentials,
            }),
    };
    const figures = await countStates(this.#knex, {
      ruleSets: await readRuleSets(this.#knex),
      now: this.#now().toISOString(),
      parts: new Map([['scope', { scope: counted, visible }]]),
    });
    return {
      goalTitle: goal.title,
      figures: figures.get('scope')!,
      // Not of the predicate: anybody may ask with any.
      hidden: await countHidden(this.#knex, { team: scope.team, visible }),
      problems: goal.problems,
    };
  }

  async #describe(
    rows: InitiativeRow[],
    options: { team?: string; visible: VisibleRefs },
  ): Promise<Initiative[]> {
    if (rows.length === 0) {
      return [];
    }
    const now = this.#now();
    const goals = new Map(
      rows.map(row => [row.id, this.#goals.read(goalOf(row))]),
    );
    const team = options.team && refText(options.team);
    const { visible } = options;
    const parts = new Map<
      `${Part} ${string}`,
      { scope: CountedScope; visible: VisibleRefs }
    >();
    for (const row of rows) {
      const scope = toCountedScope(row, goals.get(row.id)!);
      parts.set(`scope ${row.id}`, { scope, visible });
      if (team) {
        const teams = [...scope.teams, team];
        parts.set(`team ${row.id}`, { scope: { ...scope, teams }, visible });
      }
    }
    const ruleSets = await readRuleSets(this.#knex);
    const [figures, hidden, points, owners] = await Promise.all([
      countStates(this.#knex, { ruleSets, now: now.toISOString(), parts }),
      // Not of the predicates: who manages initiatives may write any.
      countHiddenByTeam(this.#knex, {
        teams: rows.map(row => row.team ?? undefined),
        visible,
      }),
      readPoints(
        this.#knex,
        rows.map(row => row.id),
      ),
      readScopeTitles(this.#knex, {
        kind: 'team',
        refs: [...new Set(rows.map(row => row.owner_ref))],
      }),
    ]);
    return rows.map(row =>
      toInitiative({
        row,
        goal: goals.get(row.id)!,
        ownerTitle: owners.get(row.owner_ref)?.title,
        figures: figures.get(`scope ${row.id}`)!,
        ofTeam: figures.get(`team ${row.id}`),
        hidden: hidden.get(row.team ?? undefined)!,
        points: points.get(row.id) ?? [],
        now,
      }),
    );
  }

  async #exemptions(
    id: string,
    visible: VisibleRefs,
  ): Promise<InitiativeExemption[]> {
    const rows = await this.#knex('initiative_exemptions')
      .where('initiative_id', id)
      .orderBy(['expires_at', 'entity_ref']);
    const now = this.#now().toISOString();
    return rows
      .filter(row => visible === 'all' || visible.has(row.entity_ref))
      .map(row => ({
        entityRef: row.entity_ref,
        reason: row.reason,
        expiresAt: row.expires_at,
        createdBy: row.created_by,
        createdAt: row.created_at,
        active: row.expires_at > now,
      }));
  }

  async #row(id: string): Promise<InitiativeRow> {
    const row = await this.#knex<InitiativeRow>('initiatives')
      .where('id', id.slice(0, 36).replaceAll('\0', ''))
      .first();
    if (!row) {
      throw new NotFoundError(`There is no initiative "${id}"`);
    }
    return row;
  }
}
