import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';

const TABLES = ['scorecard_results', 'scorecard_gaps'];

/**
 * Removes the results of components that are gone and of scorecards that are
 * no longer configured. Their history is kept: a scorecard that is switched
 * off for a week has not lost its past.
 *
 * @param options - `present`: the components that have a result, by scorecard
 */
export async function removeResults(
  knex: Knex,
  options: { present: ReadonlyMap<string, ReadonlySet<string>> },
): Promise<void> {
  const { present } = options;
  for (const table of TABLES) {
    await knex(table)
      .whereNotIn('scorecard_id', [...present.keys()])
      .delete();
  }
  for (const [scorecardId, refs] of present) {
    const stored: string[] = await knex('scorecard_results')
      .where('scorecard_id', scorecardId)
      .pluck('entity_ref');
    const gone = stored.filter(ref => !refs.has(ref));
    for (const table of gone.length ? TABLES : []) {
      const old = knex(table).where('scorecard_id', scorecardId);
      whereIn(old, 'entity_ref', gone);
      await old.delete();
    }
  }
}
