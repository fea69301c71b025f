import {
  diffFindings,
  severityRank,
  minuteText,
  type EvaluatedRule,
  type Evidence,
  type FindingContent,
} from '@service-ownership/backstage-plugin-ownership-common';
import { columnText } from '../store/columnText';
import type { FindingRow } from '../store/FindingRow';
import { ownersOf } from '../store/ownersText';
import type { FindingChange } from '../store/writeFindingChanges';

const NEVER_HANDLED = {
  snoozed_until: null,
  acknowledged_by: null,
  waiver_reason: null,
  waiver_requested_by: null,
  waiver_approved_by: null,
  waiver_expires_at: null,
} satisfies Partial<FindingRow>;

const NOT_CLOSED = {
  last_seen_at: null,
  closed_at: null,
  closed_reason: null,
  closed_from: null,
} satisfies Partial<FindingRow>;

const CHANGE_TYPES = {
  'failed-again': 'reopened',
  returned: 'reopened',
  'waiver-expired': 'waiver-expired',
  'snooze-ended': 'snooze-ended',
} as const;

/**
 * What has to be written of the findings of one component: the difference the
 * domain sees, in rows.
 */
export function planChanges(options: {
  entityRef: string;
  /** The text of its owners. */
  owners: string;
  outcomes: readonly EvaluatedRule[];
  stored: FindingRow[];
  now: Date;
  /** Start of the last completed scan, which saw all that stood then; ISO 8601. */
  lastCompletedAt: string | undefined;
}): { changes: FindingChange[]; unchanged: number } {
  const { entityRef, owners, outcomes, now, lastCompletedAt } = options;
  if (options.stored.length === 0 && !outcomes.some(isFailure)) {
    return { changes: [], unchanged: 0 };
  }
  const at = now.toISOString();
  const diff = diffFindings({
    entityRef,
    stored: options.stored.map(toStored),
    outcomes: outcomes.map(storable),
    now,
  });

  const changes: FindingChange[] = [];
  for (const { id, ruleId, content } of diff.opened) {
    changes.push({
      type: 'opened',
      row: {
        id: columnText(id, 500),
        rule_id: columnText(ruleId, 100),
        entity_ref: entityRef,
        owners,
        ...columnsOf(content),
        ...NEVER_HANDLED,
        state: 'open',
        first_seen_at: at,
        ...NOT_CLOSED,
        reopened_count: 0,
      },
    });
  }
  for (const { stored, content, reason } of diff.reopened) {
    const { row } = stored;
    const wasSnoozed = reason === 'snooze-ended';
    changes.push({
      type: CHANGE_TYPES[reason],
      from: row.state,
      gap:
        reason === 'returned'
          ? { reason: row.closed_reason!, ownerRefs: ownersOf(row.owners) }
          : undefined,
      detail:
        reason === 'waiver-expired'
          ? row.waiver_reason ?? undefined
          : undefined,
      row: {
        ...row,
        owners,
        ...columnsOf(content),
        ...NEVER_HANDLED,
        acknowledged_by: wasSnoozed ? row.acknowledged_by : null,
        state: 'open',
        ...NOT_CLOSED,
        // Who snoozes says when to be woken; nothing broke anew.
        reopened_count: row.reopened_count + (wasSnoozed ? 0 : 1),
      },
    });
  }
  for (const { stored, content, state } of diff.resumed) {
    const { row } = stored;
    changes.push({
      type: state,
      from: row.state,
      detail: resumedWords(row, state),
      row: { ...row, owners, ...columnsOf(content), ...NOT_CLOSED, state },
    });
  }
  for (const { stored, reason } of diff.closed) {
    changes.push({
      type: 'closed',
      from: stored.row.state,
      detail: reason,
      row: {
        ...stored.row,
        owners,
        state: 'closed',
        closed_at: at,
        closed_reason: reason,
        closed_from: stored.row.state,
        last_seen_at: lastCompletedAt ?? null,
      },
    });
  }
  for (const { row } of diff.mended) {
    changes.push({
      type: 'mended',
      from: row.state,
      row: { ...row, closed_from: 'closed' },
    });
  }
  for (const { stored, content } of diff.changed) {
    changes.push({
      type: 'changed',
      from: stored.row.state,
      row: { ...stored.row, owners, ...columnsOf(content) },
    });
  }
  return {
    changes,
    unchanged:
      diff.unchanged.length + diff.changed.length + diff.resumed.length,
  };
}

function isFailure({ outcome }: EvaluatedRule): boolean {
  return outcome.status === 'fail';
}

function toStored(row: FindingRow) {
  const date = (text: string | null) => (text ? new Date(text) : undefined);
  return {
    row,
    ruleId: row.rule_id,
    state: row.state,
    severity: row.severity,
    message: row.message,
    remediation: row.remediation,
    evidence: JSON.parse(row.evidence) as Evidence[],
    snoozedUntil: date(row.snoozed_until),
    waivedUntil: date(row.waiver_expires_at),
    closedReason: row.closed_reason ?? undefined,
    closedFrom: row.closed_from ?? undefined,
  };
}

/** For the time line: what people decided and a gap did not undo. */
function resumedWords(
  row: FindingRow,
  state: 'waived' | 'snoozed' | 'acknowledged',
): string {
  const end = state === 'waived' ? row.waiver_expires_at : row.snoozed_until;
  const until = end ? `until ${minuteText(end)}` : '';
  return state === 'waived'
    ? `${row.waiver_reason} (${until})`
    : `as before, by ${row.acknowledged_by} ${until}`.trim();
}

/** An outcome as the columns would keep it, so that it is compared with what they kept. */
function storable(evaluated: EvaluatedRule): EvaluatedRule {
  const { outcome } = evaluated;
  if (outcome.status !== 'fail') {
    return evaluated;
  }
  return {
    ...evaluated,
    outcome: {
      ...outcome,
      message: columnText(outcome.message, 2000),
      remediation: outcome.remediation && columnText(outcome.remediation, 2000),
      evidence: outcome.evidence
        .slice(0, 50)
        .map(({ label, value, source, url, ref }) => ({
          label: columnText(label, 300),
          value: columnText(value, 2000),
          source: columnText(source, 300),
          ...(url === undefined ? {} : { url }),
          ...(ref === undefined ? {} : { ref: columnText(ref, 300) }),
        })),
    },
  };
}

function columnsOf(content: FindingContent) {
  const { severity, message, remediation, evidence } = content;
  return {
    severity,
    severity_rank: severityRank(severity),
    message,
    remediation,
    evidence: JSON.stringify(evidence),
  };
}
