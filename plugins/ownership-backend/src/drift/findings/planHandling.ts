import { ConflictError } from '@backstage/errors';
import {
  minuteText,
  type Finding,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { FindingTransition } from '../../events/OwnershipEvents';
import type { FindingRow } from '../store/FindingRow';
import type { FindingHandling } from '../store/writeHandling';
import type { FindingChange } from './FindingChange';

/** What is written for a finding, and which events tell of it. */
export interface PlannedHandling {
  handling: Omit<FindingHandling, 'ids'>;
  events: FindingTransition[];
  /** True for a waiver that waits for approval. */
  waits?: boolean;
}

const NO_WAIVER = {
  waiver_reason: null,
  waiver_requested_by: null,
  waiver_approved_by: null,
  waiver_expires_at: null,
} satisfies Partial<FindingRow>;

/**
 * What a change means for a finding that it is allowed for.
 *
 * @param options - `change`: with moments in UTC and text as it is kept.
 * @throws ConflictError for the approval of a waiver whose end is past, or of
 *   another one than was read
 */
export function planHandling(options: {
  finding: Finding;
  change: FindingChange;
  needsApproval: boolean;
  /** Ref of who does it. */
  by: string;
  now: Date;
}): PlannedHandling {
  const { finding, change, needsApproval, by, now } = options;
  const entry = (type: string, detail?: string) => ({ type, by, detail });
  const { waiverRequest } = finding;

  switch (change.action) {
    case 'acknowledge':
    case 'snooze': {
      const until = 'snoozeUntil' in change ? change.snoozeUntil : undefined;
      const type = until ? 'snoozed' : 'acknowledged';
      return {
        handling: {
          set: {
            state: type,
            snoozed_until: until ?? null,
            acknowledged_by: by,
          },
          event: entry(
            type,
            [change.comment, until && `until ${minuteText(until)}`]
              .filter(Boolean)
              .join(' ') || undefined,
          ),
        },
        events: [type],
      };
    }
    case 'waive': {
      const { reason, expiresAt } = change;
      const detail = `${reason} (until ${minuteText(expiresAt)})`;
      if (needsApproval) {
        return {
          handling: {
            request: { reason, requestedBy: by, expiresAt },
            event: entry('waiver-requested', detail),
          },
          events: ['waiver-requested'],
          waits: true,
        };
      }
      return {
        handling: {
          set: waived({ reason, requestedBy: by, expiresAt }),
          request: false,
          event: entry('waived', detail),
        },
        events: ['waived'],
      };
    }
    case 'approve': {
      const request = waiverRequest!;
      const { requestedAt } = change;
      if (
        requestedAt &&
        +new Date(requestedAt) !== +new Date(request.requestedAt)
      ) {
        throw new ConflictError(
          `Another waiver is asked for since ${request.requestedAt}: read it before you decide`,
        );
      }
      if (new Date(request.expiresAt) <= now) {
        throw new ConflictError(
          `The waiver was asked for until ${minuteText(
            request.expiresAt,
          )}, which is past: reject it, or have it asked for again`,
        );
      }
      const until = `${request.reason} (until ${minuteText(
        request.expiresAt,
      )})`;
      return {
        handling: {
          set: waived({ ...request, approvedBy: by }),
          request: false,
          event: entry(
            'waiver-approved',
            [change.comment, until].filter(Boolean).join('. '),
          ),
        },
        events: ['waiver-approved', 'waived'],
      };
    }
    case 'reject':
      return {
        handling: {
          request: false,
          event: entry('waiver-rejected', change.comment),
        },
        events: ['waiver-rejected'],
      };
    case 'withdraw':
      return {
        handling: {
          set:
            finding.state === 'waived'
              ? { state: 'open', ...NO_WAIVER }
              : undefined,
          request: false,
          event: entry('waiver-withdrawn'),
        },
        events: ['waiver-withdrawn'],
      };
    case 'reassign': {
      const { assignee, comment } = change;
      return {
        handling: {
          assignee: assignee ? { ref: assignee, by } : false,
          event: entry(
            'assigned',
            [`to ${assignee ?? 'nobody'}`, comment].filter(Boolean).join(': '),
          ),
        },
        events: ['assigned'],
      };
    }
    case 'comment':
      return {
        handling: { event: entry('commented', change.text) },
        events: ['commented'],
      };
    default:
      throw new Error(`Unknown change ${JSON.stringify(change)}`);
  }
}

function waived(waiver: {
  reason: string;
  requestedBy: string;
  approvedBy?: string;
  expiresAt: string;
}): Partial<FindingRow> {
  return {
    state: 'waived',
    snoozed_until: null,
    waiver_reason: waiver.reason,
    waiver_requested_by: waiver.requestedBy,
    waiver_approved_by: waiver.approvedBy ?? null,
    waiver_expires_at: waiver.expiresAt,
  };
}
