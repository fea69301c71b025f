import type { Handover, HandoverState } from './schema';

/**
 * What can be done with a handover.
 *
 * @public
 */
export type HandoverAction = keyof Handover['may'];

/**
 * The states in which a handover is not over.
 *
 * @public
 */
export const openHandoverStates: readonly HandoverState[] = [
  'proposed',
  'accepted',
  'ready',
];

/**
 * What becomes of a handover: proposed, accepted, ready once the checklist is
 * done, complete. It can be declined until it is accepted and cancelled until
 * it is complete. An item that is opened again takes it back to accepted.
 *
 * @param options - `openItems`: items of the checklist that are not done, after
 *   the action.
 * @returns the next state; `undefined` where the action is not possible
 *
 * @public
 */
export function nextHandoverState(options: {
  state: HandoverState;
  action: HandoverAction;
  openItems: number;
}): HandoverState | undefined {
  const { state, action, openItems } = options;
  const accepted = openItems === 0 ? 'ready' : 'accepted';
  const isAccepted = state === 'accepted' || state === 'ready';
  switch (action) {
    case 'accept':
      return state === 'proposed' ? accepted : undefined;
    case 'decline':
      return state === 'proposed' ? 'declined' : undefined;
    case 'check':
      return isAccepted ? accepted : undefined;
    case 'cancel':
      return isAccepted || state === 'proposed' ? 'cancelled' : undefined;
    case 'complete':
      return isAccepted && openItems === 0 ? 'complete' : undefined;
    default:
      return undefined;
  }
}

/**
 * What somebody may do with a handover now. Whoever gives may take it back,
 * whoever receives may accept or decline; both work off the checklist and
 * complete it. Who manages handovers may do all of it.
 *
 * @param options - `caller`: whether they belong to a team that gives, belong
 *   to the team that receives, and manage handovers.
 *
 * @public
 */
export function handoverMay(options: {
  state: HandoverState;
  openItems: number;
  caller: { gives: boolean; receives: boolean; manages: boolean };
}): Handover['may'] {
  const { caller, ...rest } = options;
  const { gives, receives, manages } = caller;
  const may = (action: HandoverAction, allowed: boolean) =>
    (allowed || manages) &&
    nextHandoverState({ ...rest, action }) !== undefined;
  return {
    accept: may('accept', receives),
    decline: may('decline', receives),
    cancel: may('cancel', gives),
    complete: may('complete', gives || receives),
    check: may('check', gives || receives),
  };
}
