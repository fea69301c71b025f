import type { Knex } from 'knex';

/** The lists of rules the stored outcomes are of, by the name of the list. */
export async function readRuleSets(knex: Knex): Promise<Map<string, string[]>> {
  const rows: Array<{ id: string; rules: string }> = await knex(
    'rule_sets',
  ).orderBy('id');
  return new Map(rows.map(({ id, rules }) => [id, JSON.parse(rules)]));
}
