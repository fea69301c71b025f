import type { Knex } from 'knex';

const KEY = 'owners, state, severity_rank, rule_id';

/**
 * Takes the rows that count findings of the same kind together. PostgreSQL
 * adds some with every change, so that writers need not wait for each other;
 * their sum is the same before and after.
 */
export async function mergeFindingCounts(options: {
  knex: Knex;
}): Promise<void> {
  const { knex } = options;
  if (knex.client.config.client !== 'pg') {
    return;
  }
  await knex.raw(
    `WITH known AS (
      DELETE FROM finding_counts WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM finding_counts WHERE (${KEY}) IN (
          SELECT ${KEY} FROM finding_counts GROUP BY ${KEY} HAVING count(*) > 1
        ) FOR UPDATE SKIP LOCKED
      )) RETURNING ${KEY}, count
    )
    INSERT INTO finding_counts (${KEY}, count)
      SELECT ${KEY}, sum(count) FROM known
        GROUP BY ${KEY} HAVING sum(count) <> 0`,
  );
}
