import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { insertRows } from '../../drift/store/insertRows';
import type { HandoverRow } from './HandoverRow';

/**
 * Writes a new handover with its teams, components and checklist.
 *
 * Law: a component is in one open handover at a time. The database holds it,
 * so that two proposals at the same moment do not both succeed.
 *
 * @returns the components that are in another one; nothing is written then
 */
export async function insertHandover(
  knex: Knex,
  options: { row: HandoverRow; entityRefs: string[]; checklist: string[] },
): Promise<{ taken: string[] }> {
  const { row, entityRefs, checklist } = options;
  const taken = await readTaken(knex, entityRefs);
  if (taken.length > 0) {
    return { taken };
  }
  const handover_id = row.id;
  const from: string[] = JSON.parse(row.from_refs);
  try {
    await knex.transaction(async tx => {
      await tx('handovers').insert(row);
      await tx('handover_teams').insert(
        [...new Set([row.to_ref, ...from])].map(team_ref => ({
          handover_id,
          team_ref,
        })),
      );
      await insertRows(
        tx,
        'handover_components',
        entityRefs.map(entity_ref => ({
          handover_id,
          entity_ref,
          open_ref: entity_ref,
        })),
      );
      if (checklist.length > 0) {
        await tx('handover_items').insert(
          checklist.map((title, index) => ({
            handover_id,
            position: index + 1,
            title,
          })),
        );
      }
    });
  } catch (error) {
    const meanwhile = await readTaken(knex, entityRefs);
    if (meanwhile.length === 0) {
      throw error;
    }
    return { taken: meanwhile };
  }
  return { taken: [] };
}

async function readTaken(knex: Knex, entityRefs: string[]): Promise<string[]> {
  const query = knex('handover_components').orderBy('open_ref');
  whereIn(query, 'open_ref', entityRefs);
  return query.pluck('open_ref');
}
