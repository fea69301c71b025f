import type {
  EntityOwnership,
  Finding,
} from '@service-ownership/backstage-plugin-ownership-common';

/** @internal */
export interface PastEvent {
  /** ISO 8601. */
  at: string;
  type: 'opened' | 'closed' | 'reviewed';
  text?: string;
  reason?: string;
  by?: string;
}

/**
 * Findings and the last review as one time line, the latest first.
 *
 * @internal
 */
export function pastEvents(options: {
  findings: readonly Finding[];
  review: EntityOwnership['review'];
}): PastEvent[] {
  const { findings, review } = options;
  const events = findings.flatMap((finding): PastEvent[] => [
    { at: finding.firstSeenAt, type: 'opened', text: finding.message },
    ...(finding.closedAt
      ? [
          {
            at: finding.closedAt,
            type: 'closed' as const,
            text: finding.message,
            reason: finding.closedReason,
          },
        ]
      : []),
  ]);
  if (review?.reviewedAt) {
    events.push({
      at: review.reviewedAt,
      type: 'reviewed',
      by: review.reviewedBy,
    });
  }
  return events.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
