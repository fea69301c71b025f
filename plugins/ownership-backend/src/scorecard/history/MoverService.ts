import {
  ruleGoal,
  type ScorecardMovers,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { countHidden } from '../../api/countHidden';
import type { VisibleRefs } from '../../api/Visibility';
import { whereIn } from '../../api/whereVisible';
import { readOwnerRefs } from '../../drift/store/readOwnerRefs';
import { toDay } from '../scorecardHistory';
import { readChangesOf, readScoreMoves, type ScoreMove } from './readChanges';
import { readOwnersBelow } from './readOwnersBelow';
import { readTeamMoves, type TeamMove } from './readTeamMoves';
import { explains, orderFlips, sumFlips } from './sumChanges';

/** Components looked at for the reasons of a team. */
const LOOKED_AT = 200;
/** Reasons of a team. */
const REASONS = 3;

type Move = 'down' | 'up';

/**
 * What moved most on a scorecard, and which rules flipped. Works on changes:
 * what stands still costs nothing.
 */
export class MoverService {
  readonly #knex: Knex;
  readonly #titleOf: (ruleId: string) => string | undefined;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    titleOfRule(ruleId: string): string | undefined;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#titleOf = options.titleOfRule;
    this.#now = options.now ?? (() => new Date());
  }

  /** What holds when a rule passes; its id for one that no longer exists. */
  titleOf = (ruleId: string): string =>
    ruleGoal(ruleId) ?? this.#titleOf(ruleId) ?? ruleId;

  /** @param options - `since`: a day; `limit`: of each list */
  async movers(options: {
    scorecardId: string;
    since: string;
    team?: string;
    limit: number;
    visible: VisibleRefs;
  }): Promise<ScorecardMovers> {
    const knex = this.#knex;
    const { scorecardId, since, team, limit, visible } = options;
    const [moves, hidden] = await Promise.all([
      readScoreMoves(knex, { scorecardId, since, team, visible }),
      countHidden(knex, { team, visible }),
    ]);
    const up = moves.filter(({ change }) => change > 0).reverse();
    const down = moves.filter(({ change }) => change < 0);
    const shown = { up: up.slice(0, limit), down: down.slice(0, limit) };
    const teams = hidden
      ? { moves: [] }
      : await readTeamMoves(knex, {
          scorecardId,
          since,
          weekBefore: toDay(new Date(`${since}T00:00:00Z`), -7),
          today: toDay(this.#now()),
          team,
        });
    const teamsDown = teams.moves.filter(t => t.toScore < t.fromScore);
    const teamsUp = teams.moves.filter(t => t.toScore > t.fromScore).reverse();
    const reasonsOf = await this.#teamReasons({
      scorecardId,
      since,
      moves: { up, down },
      teams: [...teamsDown.slice(0, limit), ...teamsUp.slice(0, limit)],
    });
    const items = await this.#entities({ scorecardId, since, shown });
    const withReasons = (move: Move) => (one: TeamMove) => ({
      ...one,
      reasons: reasonsOf(one.ref, move),
    });
    return {
      since,
      entities: {
        down: { count: down.length, items: items.down },
        up: { count: up.length, items: items.up },
      },
      teams: {
        since: teams.since,
        down: teamsDown.slice(0, limit).map(withReasons('down')),
        up: teamsUp.slice(0, limit).map(withReasons('up')),
      },
      hidden,
    };
  }

  async #entities(options: {
    scorecardId: string;
    since: string;
    shown: Record<Move, ScoreMove[]>;
  }): Promise<Record<Move, ScorecardMovers['entities']['up']['items']>> {
    const knex = this.#knex;
    const { scorecardId, since, shown } = options;
    const entityRefs = [...shown.down, ...shown.up].map(
      ({ entityRef }) => entityRef,
    );
    const components = knex('components').select('entity_ref', 'title', 'tier');
    whereIn(components, 'entity_ref', entityRefs);
    const [changes, owners, rows] = await Promise.all([
      readChangesOf(knex, { scorecardId, since, entityRefs }),
      readOwnerRefs({ knex, entityRefs }),
      components,
    ]);
    const described = new Map(rows.map(row => [row.entity_ref, row]));
    const today = toDay(this.#now());
    const toItem =
      (move: Move) =>
      ({ entityRef }: ScoreMove) => {
        const steps = changes.get(entityRef) ?? [];
        const [first, last] = [steps[0], steps[steps.length - 1]];
        return {
          entityRef,
          entityTitle: described.get(entityRef)?.title ?? undefined,
          tier: described.get(entityRef)?.tier ?? undefined,
          ownerRefs: owners.get(entityRef) ?? [],
          from: first.from_bucket!,
          to: last.bucket!,
          fromScore: first.from_score! / 10_000,
          toScore: last.score! / 10_000,
          day: last.day < today ? last.day : today,
          reasons: orderFlips(
            sumFlips({ rows: steps, today, titleOf: this.titleOf }),
            move,
          ),
        };
      };
    return {
      down: shown.down.map(toItem('down')),
      up: shown.up.map(toItem('up')),
    };
  }

  /** Which rules flipped most in the components of each team that moved most. */
  async #teamReasons(options: {
    scorecardId: string;
    since: string;
    moves: Record<Move, ScoreMove[]>;
    teams: TeamMove[];
  }) {
    const { scorecardId, since, moves, teams } = options;
    const none = () => [];
    if (teams.length === 0) {
      return none;
    }
    const looked = [
      ...moves.down.slice(0, LOOKED_AT),
      ...moves.up.slice(0, LOOKED_AT),
    ].map(({ entityRef }) => entityRef);
    const [changes, below] = await Promise.all([
      readChangesOf(this.#knex, { scorecardId, since, entityRefs: looked }),
      readOwnersBelow(this.#knex, {
        entityRefs: looked,
        teams: teams.map(({ ref }) => ref),
      }),
    ]);
    const today = toDay(this.#now());
    return (ref: string, move: Move) => {
      const counts = new Map<
        string,
        ScorecardMovers['teams']['up'][number]['reasons'][number]
      >();
      for (const entityRef of below.get(ref) ?? []) {
        for (const { day: _, ...flip } of sumFlips({
          rows: changes.get(entityRef) ?? [],
          today,
          titleOf: this.titleOf,
        })) {
          if (explains(flip, move)) {
            const key = JSON.stringify([flip.ruleId, flip.from, flip.to]);
            const entities = (counts.get(key)?.entities ?? 0) + 1;
            counts.set(key, { ...flip, entities });
          }
        }
      }
      return [...counts.values()]
        .sort(
          (a, b) => b.entities - a.entities || a.ruleId.localeCompare(b.ruleId),
        )
        .slice(0, REASONS);
    };
  }
}
