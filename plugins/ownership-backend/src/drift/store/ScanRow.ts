import type {
  Scan,
  ScanState,
} from '@service-ownership/backstage-plugin-ownership-common';

/** A row of the table `scans`. Moments are ISO 8601 in UTC. */
export interface ScanRow {
  id: string;
  state: ScanState;
  processed: number;
  total: number;
  started_at: string;
  heartbeat_at: string;
  finished_at: string | null;
  /** It is complete, and what follows from it is still worked out. */
  follows_up: boolean;
  /** Who runs it: another id for each backend that carries it on. */
  holder: string | null;
  /** Digest of rules and settings, once parts of it may be judged by others. */
  judged_by: string | null;
  /** Another backend could carry it on. */
  resumable: boolean;
  opened: number;
  reopened: number;
  closed: number;
  unchanged: number;
  requested_by: string | null;
  reason: string | null;
  error: string | null;
}

/** What a scan starts with: `queued` without a holder. */
export function insertedScan(options: {
  id: string;
  holder?: string;
  at: string;
  requestedBy?: string;
}): Partial<ScanRow> {
  return {
    id: options.id,
    holder: options.holder ?? null,
    state: options.holder ? 'running' : 'queued',
    started_at: options.at,
    heartbeat_at: options.at,
    requested_by: options.requestedBy ?? null,
  };
}

/** A scan as the API shows it. */
export function toScan(row: ScanRow): Scan {
  return {
    id: row.id,
    state: row.state,
    processed: row.processed,
    total: row.total,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    opened: row.opened,
    reopened: row.reopened,
    closed: row.closed,
    unchanged: row.unchanged,
    requestedBy: row.requested_by ?? undefined,
    reason: row.reason ?? undefined,
    error: row.error ?? undefined,
  };
}
