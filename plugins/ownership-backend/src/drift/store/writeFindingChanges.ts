import type { FindingState } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { FindingRow } from './FindingRow';
import { insertRows, insertSlices } from './insertRows';

/**
 * What becomes of one finding.
 */
export interface FindingChange {
  type:
    | 'opened'
    | 'reopened'
    | 'waiver-expired'
    | 'snooze-ended'
    /** As before it was closed: these three. */
    | 'waived'
    | 'snoozed'
    | 'acknowledged'
    | 'changed'
    | 'closed'
    /** Closed before, though not for that. */
    | 'mended';
  /** The finding as it is to be. */
  row: FindingRow;
  /** The state it was read in; absent for a new one. */
  from?: FindingState;
  /** Goes into the time line. */
  detail?: string;
  /** Of one that is open again though nothing was mended: why it was closed, and who owned it then. */
  gap?: { reason: string; ownerRefs: string[] };
}

/**
 * Writes changes of findings and their time lines, and gives back those that
 * took place. A finding that somebody else changed since it was read is left
 * alone: two scans, or a scan and a person, never undo each other.
 */
export async function writeFindingChanges(options: {
  knex: Knex;
  changes: FindingChange[];
  /** ISO 8601. */
  at: string;
}): Promise<FindingChange[]> {
  const { knex, changes, at } = options;
  const applied: FindingChange[] = [];

  for (const slice of insertSlices(knex, changes)) {
    const byKind = new Map<string, FindingChange[]>();
    for (const change of slice) {
      const kind = `${change.from ?? ''} ${change.type}`;
      byKind.set(kind, [...(byKind.get(kind) ?? []), change]);
    }
    for (const same of byKind.values()) {
      const written = new Set(await writeSame(knex, same, at));
      applied.push(...same.filter(({ row }) => written.has(row.id)));
    }
  }

  const told = applied.filter(({ type }) => type !== 'mended');
  for (const slice of insertSlices(knex, told)) {
    await insertRows(
      knex,
      'finding_events',
      slice.map(({ row, type, detail }) => ({
        finding_id: row.id,
        at,
        type,
        detail: detail ?? null,
      })),
    );
    await keepRequests(knex, slice);
  }
  return applied;
}

/** What was asked for before a gap is asked for after it. */
async function keepRequests(
  knex: Knex,
  changes: FindingChange[],
): Promise<void> {
  const ids = changes.flatMap(({ row, gap }) => (gap ? row.id : []));
  if (ids.length > 0) {
    await knex('waiver_requests')
      .whereIn('finding_id', ids)
      .increment('max_reopened');
  }
}

/** The columns that changes of some types are about; others write all of them. */
const COLUMNS: Partial<Record<FindingChange['type'], Array<keyof FindingRow>>> =
  {
    changed: [
      'severity',
      'severity_rank',
      'message',
      'remediation',
      'evidence',
    ],
    mended: ['closed_from'],
  };

/** Writes changes of one type from one state; gives the ids that were still in it. */
async function writeSame(
  knex: Knex,
  changes: FindingChange[],
  at: string,
): Promise<string[]> {
  const [{ from, type }] = changes;
  const insert = insertRows(
    knex,
    'findings',
    changes.map(({ row }) => row),
  ).onConflict('id');
  if (!from) {
    const rows = await insert.ignore().returning('id');
    return rows.map(({ id }) => id);
  }
  const update = insert
    .merge(COLUMNS[type] ?? Object.keys(changes[0].row))
    .where('findings.state', from);
  // A waiver or snooze that was prolonged meanwhile has not ended.
  if (type === 'waiver-expired') {
    update.where('findings.waiver_expires_at', '<=', at);
  }
  if (type === 'snooze-ended') {
    update.where('findings.snoozed_until', '<=', at);
  }
  const rows = await update.returning('id');
  return rows.map(({ id }) => id);
}
