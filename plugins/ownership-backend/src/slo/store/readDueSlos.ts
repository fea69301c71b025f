import type {
  AlertState,
  BudgetCrossing,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { SourceError } from '../describeSourceError';
import type { StoredSlo } from './SloRow';

/** An SLO whose status is to be worked out, with the one it has. */
export interface DueSlo extends StoredSlo {
  previous?: SloStatus;
  /** The hour the small chart in the status ends in, seconds since the epoch. */
  sparklineHour?: number;
  /** Why its source cannot be read, where it cannot. */
  sourceError?: SourceError;
  /** It was found recorded at a server; nobody wrote it for the portal. */
  discovered: boolean;
  /** How many evaluations were written when it was read. */
  evaluations: number;
  /** Its alerts of which there is something to remember. */
  alerts: AlertState[];
  /** Since when its budget is below the limits of its policy. */
  crossings: BudgetCrossing[];
}

/**
 * SLOs whose buckets or definition changed since their status was worked out,
 * or whose status changes by time alone.
 *
 * @param options - `sloIds`: only these. `afterId`: only those behind it
 */
export async function readDueSlos(options: {
  knex: Knex;
  now: Date;
  limit: number;
  afterId: number;
  sloIds?: readonly number[];
}): Promise<DueSlo[]> {
  const { knex, now, limit, afterId, sloIds } = options;
  const query = knex('slos as d')
    .leftJoin('slo_statuses as s', 's.slo_id', 'd.id')
    .leftJoin('sli_sources as r', 'r.slo_id', 'd.id')
    .leftJoin('slo_alerts as p', join =>
      join.on('p.slo_id', 'd.id').onVal('p.severity', 'page'),
    )
    .leftJoin('slo_alerts as t', join =>
      join.on('t.slo_id', 'd.id').onVal('t.severity', 'ticket'),
    )
    .leftJoin('slo_budget_crossings as b', 'b.slo_id', 'd.id')
    .whereNull('d.removed_at')
    .where(due =>
      due
        .whereRaw('d.revision <> d.evaluated_revision')
        .orWhere('d.due_at', '<=', Math.floor(now.getTime() / 1000)),
    )
    .where('d.id', '>', afterId)
    .orderBy('d.id')
    .limit(limit)
    .select(
      'd.id',
      'd.entity_ref',
      'd.definition',
      'd.last_data_end',
      'd.revision',
      'd.discovered_by',
      's.status',
      's.sparkline_hour',
      'r.error',
      'r.error_since',
      'd.evaluations',
      ...alertColumns('p', 'page'),
      ...alertColumns('t', 'ticket'),
      'b.crossings',
    );
  if (sloIds) {
    query.whereIn('d.id', sloIds);
  }
  return (await query).map(row => ({
    id: row.id,
    entityRef: row.entity_ref,
    definition: JSON.parse(row.definition),
    lastDataEnd:
      row.last_data_end === null ? undefined : Number(row.last_data_end),
    revision: row.revision,
    previous: row.status ? JSON.parse(row.status) : undefined,
    sparklineHour:
      row.sparkline_hour === null ? undefined : Number(row.sparkline_hour),
    discovered: row.discovered_by !== null,
    ...(row.error && {
      sourceError: { message: row.error, since: row.error_since },
    }),
    evaluations: row.evaluations,
    alerts: [...toAlert(row, 'page'), ...toAlert(row, 'ticket')],
    crossings: row.crossings ? JSON.parse(row.crossings) : [],
  }));
}

type Severity = AlertState['severity'];

function alertColumns(table: string, severity: Severity): string[] {
  return ['firing', 'since', 'rows'].map(
    column => `${table}.${column} as ${severity}_${column}`,
  );
}

function toAlert(
  row: Record<string, unknown>,
  severity: Severity,
): AlertState[] {
  const rows = row[`${severity}_rows`];
  const since = row[`${severity}_since`];
  return rows
    ? [
        {
          severity,
          // A number on SQLite.
          firing: Boolean(row[`${severity}_firing`]),
          ...(since ? { since: String(since) } : {}),
          rows: JSON.parse(String(rows)),
        },
      ]
    : [];
}
