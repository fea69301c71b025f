import type {
  InitiativeFigures,
  InitiativePoint,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

interface HistoryRow {
  initiative_id: string;
  day: string;
  met: number;
  missing: number;
  unknown: number;
  exempt: number;
  not_asked: number;
}

/**
 * Keeps the count of a day: a later one of the same day replaces an earlier
 * one, in whichever replica; one that does not differ is left alone.
 */
export async function storePoints(
  knex: Knex,
  options: {
    /** UTC day, as `2026-11-21`. */
    day: string;
    figures: ReadonlyMap<string, InitiativeFigures>;
  },
): Promise<void> {
  const { day, figures } = options;
  const query = knex<HistoryRow>('initiative_history').where({ day });
  whereIn(query, 'initiative_id', [...figures.keys()]);
  const stored = new Map(
    ((await query) as HistoryRow[]).map(row => [row.initiative_id, row]),
  );
  const changed = Array.from(figures, ([initiative_id, figure]) => ({
    initiative_id,
    day,
    met: figure.met,
    missing: figure.missing,
    unknown: figure.unknown,
    exempt: figure.exempt,
    not_asked: figure.notAsked,
  })).filter(row => {
    const before = stored.get(row.initiative_id);
    return (
      !before ||
      (Object.keys(row) as Array<keyof HistoryRow>).some(
        key => row[key] !== before[key],
      )
    );
  });
  if (changed.length > 0) {
    await knex('initiative_history')
      .insert(changed)
      .onConflict(['initiative_id', 'day'])
      .merge();
  }
}

/** The burn-ups of some initiatives, oldest day first. */
export async function readPoints(
  knex: Knex,
  initiativeIds: string[],
): Promise<Map<string, InitiativePoint[]>> {
  const query = knex<HistoryRow>('initiative_history').orderBy('day');
  whereIn(query, 'initiative_id', initiativeIds);
  const points = new Map<string, InitiativePoint[]>(
    initiativeIds.map(id => [id, []]),
  );
  for (const row of (await query) as HistoryRow[]) {
    points.get(row.initiative_id)?.push({
      day: row.day,
      met: row.met,
      counted: row.met + row.missing + row.unknown,
    });
  }
  return points;
}
