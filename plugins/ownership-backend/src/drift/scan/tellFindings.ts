import type { Digest } from '../digest/Digest';
import { recipientsOf } from '../digest/recipientsOf';
import type {
  OwnershipEvent,
  OwnershipEvents,
} from '../../events/OwnershipEvents';
import type { FindingChange } from '../store/writeFindingChanges';
import { inParallel } from './inParallel';
import type { Judgement, JudgementContext } from './judgeComponents';
import type { ScanFence } from './ScanFence';

const EVENT_TYPES = {
  opened: 'finding.opened',
  reopened: 'finding.reopened',
  'waiver-expired': 'finding.reopened',
  'snooze-ended': 'finding.reopened',
  closed: 'finding.closed',
  changed: undefined,
} as const satisfies Record<
  FindingChange['type'],
  OwnershipEvent['type'] | undefined
>;

/**
 * Counts changes of findings that were written, publishes their events and
 * puts what is new into the digest of those who have to know.
 */
export async function tellFindings(options: {
  applied: FindingChange[];
  judgements: Judgement[];
  fence: ScanFence;
  events: OwnershipEvents;
  digest: Digest;
  context: JudgementContext;
  platformTeam?: string;
}): Promise<void> {
  const { applied, judgements, fence, events, digest, context, platformTeam } =
    options;
  const at = context.now.toISOString();
  const byRef = new Map(judgements.map(j => [j.facts.entityRef, j]));

  for (const { type, row } of applied) {
    const kind = type === 'opened' || type === 'closed' ? type : 'reopened';
    if (type !== 'changed') {
      fence.counts[kind] += 1;
    }
    const judgement = byRef.get(row.entity_ref);
    if (judgement && type !== 'changed' && kind !== 'closed') {
      const { facts, evaluation } = judgement;
      const recipients = recipientsOf({
        facts,
        state: evaluation.state,
        organisation: context.organisation,
        platformTeam,
      });
      digest.add(recipients, {
        kind,
        severity: row.severity,
        entityRef: row.entity_ref,
        entityTitle: facts.entity.metadata.title ?? facts.entity.metadata.name,
        message: row.message,
      });
    }
  }
  await inParallel(applied, 10, async ({ type, row, from, detail }) => {
    const eventType = EVENT_TYPES[type];
    // A waiver that ends is two things: its end, and a finding that is open again.
    const types = [
      ...(type === 'waiver-expired' ? ['finding.waiver-expired' as const] : []),
      ...(eventType ? [eventType] : []),
    ];
    for (const each of types) {
      await events.publish({
        type: each,
        at,
        findingId: row.id,
        ruleId: row.rule_id,
        entityRef: row.entity_ref,
        ownerRefs:
          byRef.get(row.entity_ref)?.facts.owners.map(({ ref }) => ref) ?? [],
        severity: row.severity,
        previousState: from,
        reason: kindOfEnd(type, detail),
      });
    }
  });
}

/** Why a finding was closed, or is open again. */
function kindOfEnd(
  type: FindingChange['type'],
  detail: string | undefined,
): string | undefined {
  switch (type) {
    case 'closed':
      return detail;
    case 'reopened':
      return 'failed-again';
    case 'waiver-expired':
    case 'snooze-ended':
      return type;
    default:
      return undefined;
  }
}
