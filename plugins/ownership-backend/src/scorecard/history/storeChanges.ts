import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { insertRows, insertSlices } from '../../drift/store/insertRows';
import {
  composeFlips,
  flipsBetween,
  readFlips,
  type ChangeRow,
  type RuleFlips,
  type Standing,
} from './ResultChange';

/** A component that stands otherwise than before. */
export interface StandingChange {
  entityRef: string;
  /** Absent where it was not measured. */
  from?: Standing;
  /** Absent where it no longer is. */
  to?: Standing;
}

/**
 * Adds changes to the day: its row says how the day ended against how it
 * began, whatever happened in between, and a component that ends its day as it
 * began it has none. Done twice, by one replica or by two, it is as done once.
 *
 * Days of a component never go back: by a clock that is behind, or after one
 * that was ahead, a change is added to the last day there is.
 */
export async function storeChanges(
  knex: Knex,
  options: { scorecardId: string; day: string; changes: StandingChange[] },
): Promise<void> {
  const { scorecardId, day, changes } = options;
  if (changes.length === 0) {
    return;
  }
  const query = knex<ChangeRow>('scorecard_changes')
    .where('scorecard_id', scorecardId)
    .where('day', '>=', day)
    .orderBy('day');
  whereIn(
    query,
    'entity_ref',
    changes.map(({ entityRef }) => entityRef),
  );
  const last = new Map<string, ChangeRow>(
    ((await query) as ChangeRow[]).map(row => [row.entity_ref, row]),
  );

  const rows: ChangeRow[] = [];
  for (const change of changes) {
    const before = last.get(change.entityRef);
    const row = before
      ? addTo(before, change)
      : toRow({ scorecardId, day, ...change });
    if (saysSomething(row)) {
      rows.push(row);
    } else if (before) {
      await knex('scorecard_changes')
        .where({
          entity_ref: row.entity_ref,
          scorecard_id: scorecardId,
          day: row.day,
        })
        .delete();
    }
  }
  for (const slice of insertSlices(knex, rows)) {
    await insertRows(knex, 'scorecard_changes', slice)
      .onConflict(['entity_ref', 'scorecard_id', 'day'])
      .merge(Object.keys(slice[0]));
  }
}

function toRow(
  change: StandingChange & { scorecardId: string; day: string },
): ChangeRow {
  const { entityRef, scorecardId, day, from, to } = change;
  return {
    entity_ref: entityRef,
    scorecard_id: scorecardId,
    day,
    from_bucket: from?.bucket ?? null,
    bucket: to?.bucket ?? null,
    from_score: from?.score ?? null,
    score: to?.score ?? null,
    // Where it was not measured before, all of it is new.
    flips: from ? flipText(flipsBetween(from, to)) : null,
  };
}

function addTo(row: ChangeRow, { from, to }: StandingChange): ChangeRow {
  return {
    ...row,
    bucket: to?.bucket ?? null,
    score: to?.score ?? null,
    flips:
      row.from_bucket === null
        ? null
        : flipText(composeFlips(readFlips(row), flipsBetween(from, to))),
  };
}

function saysSomething(row: ChangeRow): boolean {
  return (
    row.from_bucket !== row.bucket ||
    row.from_score !== row.score ||
    row.flips !== null
  );
}

function flipText(flips: RuleFlips): string | null {
  return Object.keys(flips).length > 0 ? JSON.stringify(flips) : null;
}
