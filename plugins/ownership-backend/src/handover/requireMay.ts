import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  openHandoverStates,
  type Handover,
  type HandoverAction,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { HandoverStanding } from './HandoverCaller';

/**
 * Refuses what somebody may not do with a handover now, and says why: who may,
 * or what has to happen first.
 *
 * @throws NotAllowedError or ConflictError
 */
export function requireMay(
  handover: Handover,
  action: HandoverAction,
  caller: HandoverStanding,
): void {
  if (handover.may[action]) {
    return;
  }
  const { state, checklist, to, from } = handover;
  const open = checklist.filter(({ done }) => !done);
  const sides = {
    accept: [to],
    decline: [to],
    cancel: from,
    complete: [...from, to],
    check: [...from, to],
  }[action];
  if (!caller.manages && !sides.some(({ ref }) => caller.principals.has(ref))) {
    throw new NotAllowedError(
      `Only members of ${
        sides.map(({ title }) => title).join(' or ') || 'nobody'
      }, or who holds ownership.handover.manage, may ${action} this handover`,
    );
  }
  if (!openHandoverStates.includes(state)) {
    throw new ConflictError(`This handover is over: it is ${state}`);
  }
  if (state === 'proposed') {
    throw new ConflictError(`${to.title} has to accept this handover first`);
  }
  throw new ConflictError(
    action === 'complete'
      ? `Not done yet: ${open.map(({ title }) => title).join('; ')}`
      : `This handover is ${state} already`,
  );
}
