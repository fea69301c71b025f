import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  configureScorecards,
  evaluateScorecard,
  levelBucket,
  levelMove,
  readYaml,
  type ConfiguredScorecard,
  type Scorecard,
  type ScorecardDryRun as DryRunAnswer,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { countHidden } from '../api/countHidden';
import { whereIn, whereVisible } from '../api/whereVisible';
import type { VisibleRefs } from '../api/Visibility';
import { breathe } from '../drift/scan/breathe';
import { readRuleSets } from '../drift/store/readRuleSets';
import type { InitiativeScopes } from '../initiative/InitiativeScopes';
import { readScopeTitles } from './readScopeTitles';
import { scopesQuery } from './scopes';

/** Most components that are named. */
const SAMPLES = 20;

/** Most teams that are named. */
const TEAMS = 50;

const STATUS: Record<string, 'pass' | 'fail' | 'unknown'> = {
  p: 'pass',
  n: 'pass',
  f: 'fail',
  w: 'fail',
  u: 'unknown',
};

interface Row {
  entity_ref: string;
  title: string | null;
  rule_set: string | null;
  marks: string | null;
  bucket: string | null;
}

type Move = DryRunAnswer['samples'][number];

/**
 * Says what a changed scorecard would do, by what the last scan stored. Writes
 * nothing and judges nothing again.
 */
export class ScorecardDryRun {
  readonly #knex: Knex;
  readonly #scopes: InitiativeScopes;
  readonly #scorecards: readonly Scorecard[];
  readonly #rules: Iterable<{ id: string; title: string; enabled?: boolean }>;

  constructor(options: {
    knex: Knex;
    scopes: InitiativeScopes;
    /** The scorecards in use. */
    scorecards: readonly Scorecard[];
    /** The rule catalogue. */
    rules: Iterable<{ id: string; title: string; enabled?: boolean }>;
  }) {
    this.#knex = options.knex;
    this.#scopes = options.scopes;
    this.#scorecards = options.scorecards;
    this.#rules = options.rules;
  }

  /**
   * @param options - `scorecard`: one entry of `ownership.scorecards`, as data
   * or as a text of YAML or JSON
   * @throws InputError that names every problem with its path
   */
  async run(options: {
    scorecard: unknown;
    visible: VisibleRefs;
    credentials: BackstageCredentials;
  }): Promise<DryRunAnswer> {
    const { visible, credentials } = options;
    const next = this.#read(options.scorecard);
    const before = this.#scorecards.find(({ id }) => id === next.id);
    const measured = await this.#scopes.matching(next.appliesTo, {
      path: 'scorecard.appliesTo',
      credentials,
    });
    const ruleSets = await readRuleSets(this.#knex);
    const asked = next.levels.flatMap(level => level.rules);

    const answer = {
      before: countedBy(before),
      after: countedBy(next),
      up: 0,
      down: 0,
      same: 0,
      added: 0,
      removed: 0,
    };
    const moves: Move[] = [];
    let components = 0;
    const rows = await this.#rows(next.id, visible);
    for (const [index, row] of rows.entries()) {
      await breathe(index);
      const from = before && row.bucket !== null ? row.bucket : undefined;
      const to = measured.has(row.entity_ref)
        ? bucketOf({ row, scorecard: next, ruleSets, asked })
        : undefined;
      if (from === undefined && to === undefined) {
        continue;
      }
      components += 1;
      count(answer.before, from);
      count(answer.after, to);
      const move = levelMove({ before, after: next, from, to });
      answer[move] += 1;
      if (move === 'up' || move === 'down') {
        moves.push({
          entityRef: row.entity_ref,
          entityTitle: row.title ?? undefined,
          from: from!,
          to: to!,
          move,
        });
      }
    }
    const known = new Set([...ruleSets.values()].flat());
    return {
      scorecard: toScorecard(next),
      isNew: before === undefined,
      components,
      ...answer,
      samples: sample(moves),
      teams: await this.#teams(moves),
      unknownRules: asked.filter(ruleId => !known.has(ruleId)),
      hidden: await countHidden(this.#knex, { visible }),
    };
  }

  #read(written: unknown): ConfiguredScorecard {
    let card = written;
    if (typeof written === 'string') {
      const { documents, errors } = readYaml({ text: written });
      if (errors.length > 0) {
        const [{ line, message }] = errors;
        throw new InputError(
          `scorecard${line ? ` (line ${line})` : ''}: ${message}`,
        );
      }
      card = documents[0]?.value;
      // As it stands in app-config: one entry of a list.
      if (Array.isArray(card) && card.length === 1) {
        [card] = card;
      }
    }
    try {
      const all = configureScorecards({ config: [card], rules: this.#rules });
      const id = (card as { id?: unknown } | undefined)?.id;
      const found = all.find(scorecard => scorecard.id === id);
      if (!found) {
        throw new InputError(
          'ownership.scorecards[0]: nothing of it is left, for all its rules are switched off',
        );
      }
      return found;
    } catch (error) {
      throw new InputError(
        (error instanceof Error ? error.message : String(error)).replaceAll(
          'ownership.scorecards[0]',
          'scorecard',
        ),
      );
    }
  }

  async #rows(scorecardId: string, visible: VisibleRefs): Promise<Row[]> {
    const query = this.#knex('components as c')
      .leftJoin('rule_outcomes as o', 'o.entity_ref', 'c.entity_ref')
      .leftJoin('scorecard_results as r', join =>
        join
          .on('r.entity_ref', 'c.entity_ref')
          .andOnVal('r.scorecard_id', scorecardId),
      )
      .orderBy('c.entity_ref')
      .select('c.entity_ref', 'c.title', 'o.rule_set', 'o.marks', 'r.bucket');
    whereVisible(query, 'c.entity_ref', visible);
    return query;
  }

  async #teams(moves: Move[]): Promise<DryRunAnswer['teams']> {
    if (moves.length === 0) {
      return [];
    }
    const moved = new Map(
      moves.map(({ entityRef, move }) => [entityRef, move]),
    );
    const query = this.#knex
      .from(scopesQuery(this.#knex, { kind: 'team' }).as('s'))
      .select('s.scope', 's.entity_ref');
    whereIn(query, 's.entity_ref', [...moved.keys()]);
    const teams = new Map<string, { up: number; down: number }>();
    for (const { scope, entity_ref } of await query) {
      const team = teams.get(scope) ?? { up: 0, down: 0 };
      team[moved.get(entity_ref) as 'up' | 'down'] += 1;
      teams.set(scope, team);
    }
    const most = [...teams]
      .sort(
        ([a, x], [b, y]) => y.down - x.down || y.up - x.up || (a < b ? -1 : 1),
      )
      .slice(0, TEAMS);
    const titles = await readScopeTitles(this.#knex, {
      kind: 'team',
      refs: most.map(([ref]) => ref),
    });
    return most.map(([ref, counts]) => ({
      ref,
      title: titles.get(ref)?.title ?? ref,
      ...counts,
    }));
  }
}

/** Where a component would stand. A rule that no scan asked is unknown. */
function bucketOf(options: {
  row: Row;
  scorecard: Scorecard;
  ruleSets: ReadonlyMap<string, readonly string[]>;
  asked: readonly string[];
}): string {
  const { row, scorecard, ruleSets, asked } = options;
  const rules = ruleSets.get(row.rule_set ?? '') ?? [];
  const waived = new Set<string>();
  const outcomes = asked.map(id => {
    const mark = row.marks?.[rules.indexOf(id)] ?? 'u';
    if (mark === 'w') {
      waived.add(id);
    }
    return {
      rule: { id, title: id },
      outcome: {
        status: STATUS[mark] ?? ('unknown' as const),
        notAsked: mark === 'n',
      },
    };
  });
  return levelBucket(evaluateScorecard({ scorecard, outcomes, waived }));
}

function countedBy(scorecard: Scorecard | undefined): Record<string, number> {
  return Object.fromEntries(
    ['none', 'unknown', ...(scorecard?.levels ?? []).map(({ id }) => id)].map(
      id => [id, 0],
    ),
  );
}

function count(byLevel: Record<string, number>, bucket: string | undefined) {
  if (bucket !== undefined) {
    const key = Object.hasOwn(byLevel, bucket) ? bucket : 'unknown';
    byLevel[key] += 1;
  }
}

/** Of each direction as many as fit, what falls first. */
function sample(moves: Move[]): Move[] {
  const down = moves.filter(({ move }) => move === 'down');
  const up = moves.filter(({ move }) => move === 'up');
  return [
    ...down.slice(0, Math.max(SAMPLES / 2, SAMPLES - up.length)),
    ...up.slice(0, Math.max(SAMPLES / 2, SAMPLES - down.length)),
  ];
}

function toScorecard({ id, title, description, levels }: Scorecard): Scorecard {
  return { id, title, description, levels };
}
