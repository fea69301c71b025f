import type { Knex } from 'knex';
import { refText } from '../../api/whereOwnedBy';

/** How far the mean score of a group went, with all that is below it. */
export interface TeamMove {
  ref: string;
  title: string;
  fromScore: number;
  toScore: number;
  fromEntities: number;
  toEntities: number;
}

/** Less than this is not a move; the share of a score. */
const LEAST = 0.0005;

/**
 * Compares the snapshot of a day, or the nearest there is, with the last one:
 * groups whose mean score moved, the furthest down first. The nearest is the
 * last one of the week before the day, else the first one after it.
 */
export async function readTeamMoves(
  knex: Knex,
  options: {
    scorecardId: string;
    since: string;
    /** The week before it. */
    weekBefore: string;
    today: string;
    team?: string;
  },
): Promise<{ since?: string; moves: TeamMove[] }> {
  const { scorecardId, since, weekBefore, today, team } = options;
  const days = () =>
    knex('scorecard_history')
      .where('scorecard_id', scorecardId)
      .where('day', '<=', today);
  const [{ before, after, last }] = await days().select({
    before: days()
      .where('day', '<=', since)
      .where('day', '>', weekBefore)
      .max('day'),
    after: days().where('day', '>', since).min('day'),
    last: knex.raw('max(day)'),
  });
  const first: string | null = before ?? after;
  if (!first || first === last) {
    return { moves: [] };
  }
  const query = knex('scorecard_history as a')
    .join('scorecard_history as b', join =>
      join.on('b.scorecard_id', 'a.scorecard_id').on('b.scope', 'a.scope'),
    )
    .join('directory_principals as p', 'p.ref', 'a.scope')
    .where('a.scorecard_id', scorecardId)
    .where('a.day', first)
    .where('b.day', last)
    .where('p.kind', 'group')
    .whereNotNull('a.score')
    .whereNotNull('b.score')
    .whereRaw('abs(b.score - a.score) >= ?', [LEAST])
    .select({
      ref: 'p.ref',
      title: 'p.title',
      fromScore: 'a.score',
      toScore: 'b.score',
      fromEntities: 'a.entities',
      toEntities: 'b.entities',
    });
  if (team) {
    query.whereIn(
      'a.scope',
      knex('directory_closure')
        .where('ancestor_ref', refText(team))
        .select('descendant_ref'),
    );
  }
  const moves: TeamMove[] = await query;
  const change = ({ fromScore, toScore }: TeamMove) => toScore - fromScore;
  return {
    since: first,
    moves: moves.sort(
      (a, b) => change(a) - change(b) || a.ref.localeCompare(b.ref),
    ),
  };
}
