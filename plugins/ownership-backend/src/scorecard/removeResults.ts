import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';

/**
 * Removes what is stored of components that are gone and of scorecards that
 * are no longer configured.
 */
export async function removeResults(
  knex: Knex,
  options: { scorecardIds: string[]; present: ReadonlySet<string> },
): Promise<void> {
  const { scorecardIds, present } = options;
  const refs: string[] = await knex('scorecard_results').pluck('entity_ref');
  const gone = [...new Set(refs.filter(ref => !present.has(ref)))];
  if (gone.length) {
    for (const table of ['scorecard_results', 'scorecard_gaps']) {
      const old = knex(table);
      whereIn(old, 'entity_ref', gone);
      await old.delete();
    }
  }
  // Their history is kept: a scorecard that is switched off for a week has
  // not lost its past.
  for (const table of ['scorecard_results', 'scorecard_gaps']) {
    await knex(table).whereNotIn('scorecard_id', scorecardIds).delete();
  }
}
