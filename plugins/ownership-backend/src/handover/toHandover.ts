import {
  handoverMay,
  type Handover,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { HandoverCaller } from './HandoverCaller';
import type { HandoverRow } from './store/HandoverRow';
import type { HandoverParts } from './store/readHandoverParts';

/** A handover as a caller sees it. */
export function toHandover(options: {
  row: HandoverRow;
  parts: HandoverParts;
  caller: HandoverCaller;
  now: Date;
}): Handover {
  const { row, parts, caller, now } = options;
  const { visible, principals } = caller;
  const components = parts.components.get(row.id) ?? [];
  const items = parts.items.get(row.id) ?? [];
  const seen = components.filter(
    ({ entity_ref }) => visible === 'all' || visible.has(entity_ref),
  );
  const from: string[] = JSON.parse(row.from_refs);
  const team = (ref: string) => ({
    ref,
    title: parts.principals.get(ref)?.title ?? ref,
    resolves: parts.principals.has(ref),
  });
  return {
    id: row.id,
    state: row.state,
    to: team(row.to_ref),
    from: from.map(team),
    reason: row.reason,
    proposedAt: row.proposed_at,
    proposedBy: row.proposed_by,
    dueAt: row.due_at,
    acceptedAt: row.accepted_at ?? undefined,
    acceptedBy: row.accepted_by ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endedBy: row.ended_by ?? undefined,
    endReason: row.end_reason ?? undefined,
    overdue: !row.over && row.due_at < now.toISOString(),
    components: seen.map(component => ({
      entityRef: component.entity_ref,
      title: component.title ?? undefined,
      leftAt: component.left_at ?? undefined,
    })),
    hidden: components.length - seen.length,
    checklist: items.map(item => ({
      id: String(item.position),
      title: item.title,
      done: item.done_at !== null,
      doneAt: item.done_at ?? undefined,
      doneBy: item.done_by ?? undefined,
    })),
    problems: row.over ? [] : problemsOf(row, parts),
    may: handoverMay({
      state: row.state,
      openItems: items.filter(item => item.done_at === null).length,
      caller: {
        gives: from.some(ref => principals.has(ref)),
        receives: principals.has(row.to_ref),
        manages: caller.manages,
      },
    }),
  };
}

function problemsOf(row: HandoverRow, parts: HandoverParts): string[] {
  const receiver = parts.principals.get(row.to_ref);
  if (!receiver) {
    return [
      `${row.to_ref} is not in the catalog any more: cancel this and propose it to another team`,
    ];
  }
  return receiver.active === 0
    ? [`Nobody is on ${receiver.title}: nobody there can accept it`]
    : [];
}
