import type { DriftRule } from '../types';

const NEXT_STEP = {
  proposed: (to: string, from: string) =>
    `${to} accepts or declines it; or ${from} takes it back.`,
  accepted: (to: string, from: string) =>
    `${to} and ${from} finish the checklist, or ${from} takes it back.`,
  ready: (to: string) =>
    `Name ${to} as the owner in the catalog file and complete the handover.`,
};

/**
 * The rule about components that change hands.
 *
 * @internal
 */
export const handoverRule: DriftRule = {
  id: 'handover-stalled',
  title: 'Its handover does not come to an end',
  why: 'Between two teams each waits for the other. The old one has moved on in its mind, the new one is not in charge yet, and the next incident finds out.',
  fix: 'Finish the checklist and complete the handover, or cancel it and say who keeps the component.',
  severity: 'medium',
  example: `spec:
  owner: payments   # the handover to payments is complete, or not due yet
`,
  evaluate({ handover }, { now, directory }) {
    if (!handover) {
      return { status: 'pass', notAsked: true };
    }
    const dueAt = new Date(handover.dueAt);
    if (dueAt >= now) {
      return { status: 'pass', validUntil: new Date(dueAt.getTime() + 1) };
    }
    const titleOf = (ref: string) =>
      directory.get(ref)?.title ?? ref.slice(ref.indexOf('/') + 1);
    const from = handover.from.map(titleOf).join(' and ') || 'nobody';
    const to = titleOf(handover.to);
    const gone = directory.size > 0 && directory.get(handover.to) === undefined;
    const { state, openItems } = handover;
    return {
      status: 'fail',
      message: `Its handover from ${from} to ${to} was due on ${handover.dueAt.slice(
        0,
        10,
      )} and is not complete`,
      evidence: [
        {
          label: 'Handover',
          value:
            openItems > 0
              ? `${state}, ${openItems} of its checklist open`
              : state,
          source: 'handovers',
        },
        {
          label: 'Proposed on',
          value: handover.proposedAt.slice(0, 10),
          source: 'handovers',
        },
        ...(gone
          ? [
              {
                label: 'Receiving team',
                value: `${handover.to} is not in the catalog`,
                source: 'catalog',
              },
            ]
          : []),
      ],
      remediation: gone
        ? `${to} is not in the catalog any more: cancel the handover and propose it to another team.`
        : NEXT_STEP[state as keyof typeof NEXT_STEP]?.(to, from),
    };
  },
};
