import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { FindingRow } from './FindingRow';
import { inSlices } from './inSlices';

/** What becomes of some findings, the same for all of them. */
export interface FindingHandling {
  ids: string[];
  /** Columns of the findings themselves. */
  set?: Partial<FindingRow>;
  /** A waiver that is asked for; `false` ends a request. */
  request?:
    | false
    | {
        reason: string;
        requestedBy: string;
        expiresAt: string;
      };
  /** Who is to see to them; `false` for nobody. */
  assignee?: false | { ref: string; by: string };
  /** For the time line of each. */
  event: { type: string; by: string; detail?: string };
}

/**
 * Writes what somebody does with findings that this transaction has locked,
 * with an entry in the time line of each.
 */
export async function writeHandling(options: {
  knex: Knex;
  handling: FindingHandling;
  /** ISO 8601. */
  at: string;
}): Promise<void> {
  const { knex, handling, at } = options;
  const { ids, set, request, assignee, event } = handling;
  const among = (table: string, column: string) => {
    const query = knex(table);
    whereIn(query, column, ids);
    return query;
  };
  if (ids.length === 0) {
    return;
  }
  if (set) {
    await among('findings', 'id').update(set);
  }
  if (request !== undefined) {
    await among('waiver_requests', 'finding_id').delete();
  }
  if (request) {
    // A waiver that ends meanwhile brings its finding back, not another matter.
    const findings: Array<Pick<FindingRow, 'id' | 'state' | 'reopened_count'>> =
      await among('findings', 'id').select('id', 'state', 'reopened_count');
    for (const slice of inSlices(findings)) {
      await knex('waiver_requests').insert(
        slice.map(({ id, state, reopened_count }) => ({
          finding_id: id,
          max_reopened: reopened_count + (state === 'waived' ? 1 : 0),
          reason: request.reason,
          requested_by: request.requestedBy,
          requested_at: at,
          expires_at: request.expiresAt,
        })),
      );
    }
  }
  if (assignee !== undefined) {
    await among('finding_assignees', 'finding_id').delete();
  }
  if (assignee) {
    for (const slice of inSlices(ids)) {
      await knex('finding_assignees').insert(
        slice.map(id => ({
          finding_id: id,
          assignee_ref: assignee.ref,
          assigned_by: assignee.by,
          assigned_at: at,
        })),
      );
    }
  }
  for (const slice of inSlices(ids)) {
    await knex('finding_events').insert(
      slice.map(id => ({
        finding_id: id,
        at,
        type: event.type,
        by: event.by,
        detail: event.detail ?? null,
      })),
    );
  }
}
