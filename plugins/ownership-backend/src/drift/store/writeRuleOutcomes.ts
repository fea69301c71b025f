import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { insertRows, insertSlices } from './insertRows';
import { ruleSetId, type RuleOutcomeRow } from './RuleOutcomeRow';

/**
 * Writes the marks that differ from those stored. The set is written first:
 * marks without it could not be read.
 */
export async function writeRuleOutcomes(options: {
  knex: Knex;
  ruleIds: readonly string[];
  rows: RuleOutcomeRow[];
}): Promise<void> {
  const { knex, ruleIds, rows } = options;
  if (rows.length === 0) {
    return;
  }
  const query = knex<RuleOutcomeRow>('rule_outcomes').select();
  whereIn(
    query,
    'entity_ref',
    rows.map(row => row.entity_ref),
  );
  const stored = new Map(
    ((await query) as RuleOutcomeRow[]).map(row => [row.entity_ref, row]),
  );
  const changed = rows.filter(row => {
    const before = stored.get(row.entity_ref);
    return before?.marks !== row.marks || before.rule_set !== row.rule_set;
  });
  if (changed.length === 0) {
    return;
  }
  await knex('rule_sets')
    .insert({ id: ruleSetId(ruleIds), rules: JSON.stringify(ruleIds) })
    .onConflict('id')
    .ignore();
  for (const slice of insertSlices(knex, changed)) {
    await insertRows(knex, 'rule_outcomes', slice)
      .onConflict('entity_ref')
      .merge(Object.keys(slice[0]));
  }
}

/**
 * Removes the outcomes of components that are gone, and the sets that no
 * outcome is of any more.
 */
export async function forgetRuleOutcomes(knex: Knex): Promise<void> {
  await knex('rule_outcomes')
    .whereNotIn('entity_ref', knex('components').select('entity_ref'))
    .delete();
  await knex('rule_sets')
    .whereNotIn('id', knex('rule_outcomes').distinct('rule_set'))
    .delete();
}
