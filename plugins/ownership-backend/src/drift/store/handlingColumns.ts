import type { Knex } from 'knex';

/**
 * What people do with a finding, beside the columns the scan writes. Moments
 * are ISO 8601 in UTC.
 */
export interface HandlingColumns {
  request_reason?: string | null;
  request_by?: string | null;
  request_at?: string | null;
  request_expires_at?: string | null;
  assignee_ref?: string | null;
}

/**
 * Joins findings, which the query has as `f`, with the waiver somebody asked
 * for and with who is to see to it, and selects both.
 *
 * A request does not outlive its finding: one that closed and came back is
 * another matter.
 */
export function selectHandling(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .leftJoin('waiver_requests as r', join => {
      join
        .on('r.finding_id', 'f.id')
        .andOn('f.reopened_count', '<=', 'r.max_reopened')
        .andOnVal('f.state', '<>', 'closed');
    })
    .leftJoin('finding_assignees as g', 'g.finding_id', 'f.id')
    .select({
      request_reason: 'r.reason',
      request_by: 'r.requested_by',
      request_at: 'r.requested_at',
      request_expires_at: 'r.expires_at',
      assignee_ref: 'g.assignee_ref',
    });
}
