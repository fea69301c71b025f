import type { Knex } from 'knex';

/** How many findings a scan changed in which way, by the type of their events. */
export async function countTransitions(options: {
  knex: Knex;
  /** Start of the scan; ISO 8601. */
  at: string;
}): Promise<Array<{ type: string; findings: number }>> {
  const { knex, at } = options;
  const rows: Array<{ type: string; findings: number | string }> = await knex(
    'finding_events',
  )
    // What people did at that very moment has their names.
    .where({ at, by: null })
    .groupBy('type')
    .select('type')
    .count({ findings: '*' });
  return rows.map(({ type, findings }) => ({
    type,
    findings: Number(findings),
  }));
}
