import type { Knex } from 'knex';

/**
 * The revision of what the report reads, and when the last complete scan
 * began, in one statement.
 *
 * Two equal revisions mean that nothing was committed between them to findings
 * and what people do with them, components, tombstones, owners, and groups and
 * users.
 */
export async function readRevision(options: { knex: Knex }): Promise<{
  revision: string;
  /** ISO 8601; absent before the first scan. */
  lastScanAt?: string;
}> {
  const { knex } = options;
  const tokens =
    knex.client.config.client === 'pg'
      ? `string_agg(token::text, ' ' ORDER BY token)`
      : `group_concat(token, ' ')`;
  const [row] = await knex.select({
    revision: knex('report_revisions').select(knex.raw(tokens)),
    last_scan_at: knex('scans')
      .where('state', 'completed')
      .orderBy('started_at', 'desc')
      .limit(1)
      .select('started_at'),
  });
  return {
    revision: row.revision ?? '',
    lastScanAt: row.last_scan_at ?? undefined,
  };
}
