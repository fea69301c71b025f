import { plainText } from '@service-ownership/backstage-plugin-ownership-common';
import { Digest, type DigestMessage } from '../digest/Digest';
import { recipientsOf } from '../digest/recipientsOf';
import type { OwnershipEvent } from '../../events/OwnershipEvents';
import type { FindingChange } from '../store/writeFindingChanges';
import type { Judgement, JudgementContext } from './judgeComponents';

const EVENT_TYPES = {
  opened: 'finding.opened',
  reopened: 'finding.reopened',
  'waiver-expired': 'finding.reopened',
  'snooze-ended': 'finding.reopened',
  waived: 'finding.waived',
  snoozed: 'finding.snoozed',
  acknowledged: 'finding.acknowledged',
  closed: 'finding.closed',
  changed: undefined,
  mended: undefined,
} as const satisfies Record<
  FindingChange['type'],
  OwnershipEvent['type'] | undefined
>;

/** Nobody decided that these findings were to be closed: the catalog had a gap. */
const GAPS_OF_CATALOG = ['entity-removed', 'superseded'];

/**
 * What there is to tell of changes of findings: an event for each, and what is
 * new for the digest of those who have to know.
 */
export function findingNews(options: {
  applied: FindingChange[];
  judgements: Judgement[];
  context: JudgementContext;
  platformTeam?: string;
}): { events: OwnershipEvent[]; digest: DigestMessage[] } {
  const { applied, judgements, context, platformTeam } = options;
  const at = context.now.toISOString();
  const byRef = new Map(judgements.map(j => [j.facts.entityRef, j]));
  const digest = new Digest();
  const events: OwnershipEvent[] = [];

  for (const change of applied) {
    const { type, row, from, gap } = change;
    const judgement = byRef.get(row.entity_ref);
    const ownerRefs = judgement?.facts.owners.map(({ ref }) => ref) ?? [];
    const kind = transitionOf(type);
    if (judgement && (kind === 'opened' || kind === 'reopened')) {
      const { facts, evaluation } = judgement;
      const { name, title } = facts.entity.metadata;
      const recipients = recipientsOf({
        facts,
        state: evaluation.state,
        organisation: context.organisation,
        platformTeam,
      });
      const entry = {
        kind,
        severity: row.severity,
        entityRef: row.entity_ref,
        entityTitle: plainText(title) || name,
        message: row.message,
      };
      digest.add({
        recipients: recipients.filter(ref => !knows(ref, gap)),
        ...{ findingId: row.id, entry, ownerRefs },
      });
    }
    const eventType = EVENT_TYPES[type];
    // A waiver that ends is two things: its end, and a finding that is open again.
    const types = [
      ...(type === 'waiver-expired' ? ['finding.waiver-expired' as const] : []),
      ...(eventType ? [eventType] : []),
    ];
    for (const each of types) {
      events.push({
        type: each,
        at,
        findingId: row.id,
        ruleId: row.rule_id,
        entityRef: row.entity_ref,
        ownerRefs,
        severity: row.severity,
        previousState: from,
        reason: kindOfEnd(change),
      });
    }
  }
  return { events, digest: digest.messages() };
}

/** Whoever owned it when the catalog had a gap has had it before. */
function knows(recipient: string, gap: FindingChange['gap']): boolean {
  return (
    gap !== undefined &&
    GAPS_OF_CATALOG.includes(gap.reason) &&
    gap.ownerRefs.includes(recipient)
  );
}

/** As which a change counts; `undefined` for one that asks nothing new of anybody. */
export function transitionOf(
  type: FindingChange['type'],
): 'opened' | 'reopened' | 'closed' | undefined {
  switch (type) {
    case 'changed':
    case 'mended':
    case 'waived':
    case 'snoozed':
    case 'acknowledged':
      return undefined;
    case 'opened':
    case 'closed':
      return type;
    default:
      return 'reopened';
  }
}

/** Why a finding was closed, is open again, or is as it was before. */
function kindOfEnd({ type, detail, gap }: FindingChange): string | undefined {
  switch (type) {
    case 'closed':
    case 'waived':
    case 'snoozed':
    case 'acknowledged':
      return detail;
    case 'reopened':
      return gap ? 'returned' : 'failed-again';
    case 'waiver-expired':
    case 'snooze-ended':
      return type;
    default:
      return undefined;
  }
}
