import type {
  EntityScorecardHistory,
  Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { ChangeRow } from './ResultChange';
import { orderFlips, sumFlips } from './sumChanges';

type Item = EntityScorecardHistory['items'][number];

/**
 * Where one entity stood on every scorecard that measures it or ever did
 * within 400 days. The past is today less what changed since: a day on which
 * nothing is kept was like the one before it.
 */
export async function readEntityHistory(
  knex: Knex,
  options: {
    entityRef: string;
    scorecards: readonly Scorecard[];
    /** A day to look back at. */
    on?: string;
    today: string;
    titleOf(ruleId: string): string;
  },
): Promise<EntityScorecardHistory> {
  const { entityRef, scorecards, on, today, titleOf } = options;
  const [rows, results] = await Promise.all([
    knex<ChangeRow>('scorecard_changes')
      .where('entity_ref', entityRef)
      .orderBy('day'),
    knex('scorecard_results')
      .where('entity_ref', entityRef)
      .select('scorecard_id', 'bucket', 'score'),
  ]);
  const configured = new Map(scorecards.map(card => [card.id, card]));
  const ids = new Set<string>([
    ...scorecards.map(({ id }) => id),
    ...rows.map(row => row.scorecard_id),
  ]);
  const items: Item[] = [];
  for (const id of ids) {
    const steps = rows.filter(row => row.scorecard_id === id);
    const now = results.find(row => row.scorecard_id === id);
    if (!now && steps.length === 0) {
      continue;
    }
    items.push({
      id,
      title: configured.get(id)?.title,
      configured: configured.has(id),
      level: now?.bucket,
      score: now?.score,
      then: on === undefined ? undefined : standingOn({ day: on, steps, now }),
      changes: steps.reverse().map(row => ({
        day: row.day < today ? row.day : today,
        from: row.from_bucket ?? undefined,
        to: row.bucket ?? undefined,
        fromScore: shareOf(row.from_score),
        toScore: shareOf(row.score),
        reasons: orderFlips(
          sumFlips({ rows: [row], today, titleOf }),
          (row.score ?? 0) < (row.from_score ?? 0) ? 'down' : 'up',
        ),
      })),
    });
  }
  return { items };
}

/** @param options - `steps`: the oldest first */
function standingOn(options: {
  day: string;
  steps: ChangeRow[];
  now?: { bucket: string; score: number };
}): Item['then'] {
  const { day, steps, now } = options;
  const next = steps.find(row => row.day > day);
  if (!next) {
    return now && { level: now.bucket, score: now.score };
  }
  return next.from_bucket === null
    ? undefined
    : { level: next.from_bucket, score: shareOf(next.from_score)! };
}

function shareOf(score: number | null): number | undefined {
  return score === null ? undefined : score / 10_000;
}
