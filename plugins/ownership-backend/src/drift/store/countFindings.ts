import type { Knex } from 'knex';
import type { FindingSelection } from './FindingSelection';
import { selectFindings } from './selectFindings';

/** Findings of a selection, and the distinct components that have them. */
export async function countFindings(options: {
  knex: Knex;
  selection: FindingSelection;
}): Promise<{ findings: number; components: number }> {
  const row: Record<string, number | string> | undefined = await selectFindings(
    options,
  )
    .count({ findings: '*' })
    .countDistinct({ components: 'f.entity_ref' })
    .first();
  return {
    findings: Number(row?.findings ?? 0),
    components: Number(row?.components ?? 0),
  };
}
