import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import { breathe } from '../drift/scan/breathe';
import { inSlices } from '../drift/store/inSlices';
import { storeChanges } from './history/storeChanges';
import { lockStandings } from './storeResults';

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
  options: {
    present: ReadonlyMap<string, Pick<ReadonlySet<string>, 'has'>>;
    /** `2026-11-21`, in UTC. */
    day: string;
  },
): Promise<void> {
  const { present, day } = options;
  const ended: string[] = await knex('scorecard_results')
    .whereNotIn('scorecard_id', [...present.keys()])
    .distinct()
    .pluck('scorecard_id');
  for (const scorecardId of [...present.keys(), ...ended]) {
    const stored: string[] = await knex('scorecard_results')
      .where('scorecard_id', scorecardId)
      .pluck('entity_ref');
    const gone: string[] = [];
    for (const [index, ref] of stored.entries()) {
      await breathe(index);
      if (!present.get(scorecardId)?.has(ref)) {
        gone.push(ref);
      }
    }
    for (const refs of inSlices(gone, 1000)) {
      await remove(knex, { scorecardId, day, refs });
    }
  }
}

async function remove(
  knex: Knex,
  options: { scorecardId: string; day: string; refs: string[] },
): Promise<void> {
  const { scorecardId, day, refs } = options;
  await knex.transaction(async tx => {
    const standings = await lockStandings(tx, scorecardId, refs);
    await storeChanges(tx, {
      scorecardId,
      day,
      changes: Array.from(standings, ([entityRef, from]) => ({
        entityRef,
        from,
      })),
    });
    for (const table of TABLES) {
      const old = tx(table).where('scorecard_id', scorecardId);
      whereIn(old, 'entity_ref', refs);
      await old.delete();
    }
  });
}
