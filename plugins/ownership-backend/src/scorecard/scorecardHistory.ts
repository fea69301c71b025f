import type {
  ScorecardFigures,
  ScorecardHistory,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import { inSlices } from '../drift/store/inSlices';

/** Days of history that are kept. */
export const HISTORY_DAYS = 400;

/** The scope that stands for everything. */
export const EVERYTHING = '*';

/**
 * Writes the figures of a day, one row a scope: later scans of the same day
 * replace earlier ones, and what does not differ is left alone.
 */
export async function storeHistory(
  knex: Knex,
  options: {
    scorecardId: string;
    now: Date;
    figures: ReadonlyMap<string, ScorecardFigures>;
  },
): Promise<void> {
  const { scorecardId, now, figures } = options;
  const day = toDay(now);
  const rows = Array.from(figures, ([scope, figure]) => ({
    scorecard_id: scorecardId,
    scope,
    day,
    entities: figure.entities,
    by_level: JSON.stringify(figure.byLevel),
    score: figure.score ?? null,
    coverage: figure.coverage,
  }));
  const stored = new Map<string, (typeof rows)[number]>(
    (
      await knex('scorecard_history').where({ scorecard_id: scorecardId, day })
    ).map((row: (typeof rows)[number]) => [row.scope, row]),
  );

  const gone = [...stored.keys()].filter(scope => !figures.has(scope));
  if (gone.length) {
    const old = knex('scorecard_history').where({
      scorecard_id: scorecardId,
      day,
    });
    whereIn(old, 'scope', gone);
    await old.delete();
  }
  const changed = rows.filter(row => {
    const before = stored.get(row.scope);
    return (
      !before ||
      (Object.keys(row) as Array<keyof typeof row>).some(
        key => row[key] !== before[key],
      )
    );
  });
  for (const slice of inSlices(changed)) {
    await knex('scorecard_history')
      .insert(slice)
      .onConflict(['scorecard_id', 'scope', 'day'])
      .merge();
  }
}

/** Days within which a clock has to have been seen before it is believed. */
const CLOCK_SEEN_DAYS = 7;

/**
 * Drops what is older than 400 days. After a pause of a week nothing goes on
 * the first day: a clock that is years ahead must not empty the history.
 */
export async function forgetHistory(
  knex: Knex,
  options: { now: Date },
): Promise<void> {
  const { now } = options;
  const seen = await knex('scorecard_history')
    .where('day', '<', toDay(now))
    .where('day', '>=', toDay(now, -CLOCK_SEEN_DAYS))
    .first('day');
  if (!seen) {
    return;
  }
  const oldest = toDay(now, -HISTORY_DAYS);
  for (const table of [
    'scorecard_history',
    'scorecard_changes',
    'overview_history',
  ]) {
    await knex(table).where('day', '<', oldest).delete();
  }
}

/**
 * The stored days of one scope, oldest first.
 *
 * @param options - `from`, `to`: first and last day, as `2026-11-21`
 */
export async function readHistory(
  knex: Knex,
  options: { scorecardId: string; scope: string; from?: string; to?: string },
): Promise<ScorecardHistory> {
  const query = knex('scorecard_history')
    .where({ scorecard_id: options.scorecardId, scope: options.scope })
    .orderBy('day');
  if (options.from) {
    query.where('day', '>=', options.from);
  }
  if (options.to) {
    query.where('day', '<=', options.to);
  }
  return {
    points: (await query).map(row => ({
      day: row.day,
      entities: row.entities,
      byLevel: JSON.parse(row.by_level),
      score: row.score ?? undefined,
      coverage: row.coverage,
    })),
  };
}

/**
 * The score each scope had some time ago: on that day or on the last day with
 * a snapshot in the week before it.
 */
export async function readPreviousScores(
  knex: Knex,
  options: { scorecardId: string; day: string },
): Promise<Map<string, number>> {
  const rows = await knex('scorecard_history')
    .where('scorecard_id', options.scorecardId)
    .where('day', '<=', options.day)
    .where('day', '>', toDay(new Date(`${options.day}T00:00:00Z`), -7))
    .whereNotNull('score')
    .orderBy('day')
    .select('scope', 'score');
  return new Map(rows.map(row => [row.scope, row.score]));
}

/**
 * The UTC day of a moment, as `2026-11-21`.
 *
 * @param plusDays - days to go on (or back, where negative)
 */
export function toDay(moment: Date, plusDays = 0): string {
  return DateTime.fromJSDate(moment, { zone: 'utc' })
    .plus({ days: plusDays })
    .toISODate()!;
}
