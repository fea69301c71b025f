import type { FindingAction, FindingMay, Refusal } from './handlingSchema';
import type { FindingState } from './schema';

/**
 * What somebody may do with a finding.
 *
 * Laws: what is closed is only commented on. Where a waiver needs approval it
 * takes effect when an approver agrees, and nobody decides on what they asked
 * for themselves. Who asked for a waiver may take the request back, but
 * not end one that is in force.
 *
 * @param options - `granted`: whether the policy lets them change findings of
 *   the entity. `approval`: whether a waiver of this severity needs one, and
 *   whether they give it. `requestedBy`: who asked for a waiver that is not
 *   decided. `caller`: their own ref.
 *
 * @public
 */
export function findingMay(options: {
  finding: { state: FindingState; requestedBy?: string };
  granted: boolean;
  approval: { needed: boolean; isApprover: boolean };
  caller: string;
}): FindingMay {
  const { finding, granted, approval, caller } = options;
  const { state, requestedBy } = finding;
  const isOwnRequest = requestedBy !== undefined && requestedBy === caller;
  const unless = (holds: boolean, refusal: Refusal) =>
    holds ? undefined : refusal;
  const permitted = unless(granted, 'permission');
  const mayDecide = approval.needed ? approval.isApprover : granted;

  const refusals: Record<FindingAction, Refusal | undefined> = {
    acknowledge:
      permitted ?? unless(state !== 'closed' && state !== 'waived', 'state'),
    waive: permitted ?? unless(state !== 'closed', 'state'),
    withdrawWaiver:
      (isOwnRequest && state !== 'waived' ? undefined : permitted) ??
      unless(state === 'waived' || requestedBy !== undefined, 'state'),
    decideWaiver:
      unless(requestedBy !== undefined, 'state') ??
      unless(mayDecide, approval.needed ? 'not-approver' : 'permission') ??
      unless(!isOwnRequest, 'own-request'),
    comment: undefined,
    assign: permitted ?? unless(state !== 'closed', 'state'),
  };
  const may = (action: FindingAction) => refusals[action] === undefined;
  return {
    acknowledge: may('acknowledge'),
    waive: may('waive'),
    withdrawWaiver: may('withdrawWaiver'),
    decideWaiver: may('decideWaiver'),
    comment: may('comment'),
    assign: may('assign'),
    needsApproval: approval.needed,
    refusals: Object.fromEntries(
      Object.entries(refusals).filter(([, refusal]) => refusal !== undefined),
    ),
  };
}
