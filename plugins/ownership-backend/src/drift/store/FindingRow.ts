import type {
  Finding,
  FindingMay,
  FindingState,
  Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { HandlingColumns } from './handlingColumns';

/** A row of the table `findings`. Moments are ISO 8601 in UTC. */
export interface FindingRow {
  id: string;
  rule_id: string;
  entity_ref: string;
  /** Of the component, of one that is gone the last ones; see `ownersText`. */
  owners: string;
  severity: Severity;
  severity_rank: number;
  state: FindingState;
  message: string;
  remediation: string;
  /** JSON array of Evidence. */
  evidence: string;
  first_seen_at: string;
  last_seen_at: string | null;
  closed_at: string | null;
  closed_reason: string | null;
  /** The state it was closed in, `closed` once it was mended after that; of one that an older version closed it is not known. */
  closed_from: FindingState | null;
  reopened_count: number;
  snoozed_until: string | null;
  acknowledged_by: string | null;
  waiver_reason: string | null;
  waiver_requested_by: string | null;
  waiver_approved_by: string | null;
  waiver_expires_at: string | null;
}

/**
 * A finding as the API shows it.
 *
 * @param options - `lastScanAt`: when the last complete scan looked; every
 *   finding that is not closed was seen by it
 */
export function toFinding(
  row: FindingRow & HandlingColumns,
  options: {
    ownerRefs: string[];
    entityTitle?: string;
    lastScanAt?: string;
    may?: FindingMay;
  },
): Finding {
  const { ownerRefs, entityTitle, lastScanAt } = options;
  // Between its scan and the next complete one a finding is its own witness.
  const seenAt = row.state === 'closed' ? row.last_seen_at : lastScanAt;
  return {
    id: row.id,
    ruleId: row.rule_id,
    severity: row.severity,
    state: row.state,
    entityRef: row.entity_ref,
    entityTitle,
    ownerRefs,
    message: row.message,
    remediation: row.remediation,
    evidence: JSON.parse(row.evidence),
    firstSeenAt: row.first_seen_at,
    lastSeenAt:
      seenAt && seenAt > row.first_seen_at ? seenAt : row.first_seen_at,
    closedAt: row.closed_at ?? undefined,
    closedReason: row.closed_reason ?? undefined,
    reopenedCount: row.reopened_count,
    snoozedUntil: row.snoozed_until ?? undefined,
    acknowledgedBy: row.acknowledged_by ?? undefined,
    waiver:
      row.state === 'waived' &&
      row.waiver_reason !== null &&
      row.waiver_requested_by !== null &&
      row.waiver_expires_at !== null
        ? {
            reason: row.waiver_reason,
            requestedBy: row.waiver_requested_by,
            approvedBy: row.waiver_approved_by ?? undefined,
            expiresAt: row.waiver_expires_at,
          }
        : undefined,
    waiverRequest:
      row.request_reason && row.request_by && row.request_at
        ? {
            reason: row.request_reason,
            requestedBy: row.request_by,
            requestedAt: row.request_at,
            expiresAt: row.request_expires_at!,
          }
        : undefined,
    assignee: row.assignee_ref ?? undefined,
    may: options.may,
  };
}
