import type { Knex } from 'knex';
import type { FindingSelection } from './FindingSelection';
import { selectFindings } from './selectFindings';

/** Findings of a selection, and the distinct components that have them. */
export async function countFindings(options: {
  knex: Knex;
  selection: FindingSelection;
}): Promise<{ findings: number; components: number }> {
  const { knex } = options;
  const ofComponents = selectFindings(options)
    .select('f.entity_ref')
    .count({ findings: '*' })
    .groupBy('f.entity_ref');
  const row: Record<string, number | string> | undefined = await knex
    .from(ofComponents.as('e'))
    .sum({ findings: 'e.findings' })
    .count({ components: '*' })
    .first();
  return {
    findings: Number(row?.findings ?? 0),
    components: Number(row?.components ?? 0),
  };
}
