import type { Knex } from 'knex';

/** A row of the table `rule_faults`: a rule that broke in the last scan. */
export interface RuleFaultRow {
  rule_id: string;
  /** On how many components it broke. */
  components: number;
  /** One of them. */
  entity_ref: string;
  message: string;
}

/** The rules that broke in the last complete scan, by id. */
export async function readRuleFaults(
  knex: Knex,
): Promise<Map<string, RuleFaultRow>> {
  const rows = await knex<RuleFaultRow>('rule_faults');
  return new Map(rows.map(row => [row.rule_id, row]));
}

/** Takes what broke now in place of what broke before; writes nothing where it is the same. */
export async function writeRuleFaults(
  knex: Knex,
  faults: readonly RuleFaultRow[],
): Promise<void> {
  const stored = await readRuleFaults(knex);
  const changed = faults.filter(fault => {
    const before = stored.get(fault.rule_id);
    return (
      before?.components !== fault.components ||
      before.message !== fault.message ||
      before.entity_ref !== fault.entity_ref
    );
  });
  const standing = new Set(faults.map(({ rule_id }) => rule_id));
  const gone = [...stored.keys()].filter(id => !standing.has(id));
  if (changed.length === 0 && gone.length === 0) {
    return;
  }
  await knex.transaction(async tx => {
    await tx('rule_faults').whereIn('rule_id', gone).delete();
    for (const fault of changed) {
      await tx('rule_faults').insert(fault).onConflict('rule_id').merge();
    }
  });
}
