import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  ownershipFindingWaivePermission,
  type Finding,
  type FindingMay,
} from '@service-ownership/backstage-plugin-ownership-common';
import { ACTION_OF, type FindingChange } from './FindingChange';

/**
 * Why somebody may not do something with a finding, in words; `undefined`
 * where they may.
 */
export function refuse(options: {
  finding: Finding;
  change: FindingChange;
  may: FindingMay;
}): Error | undefined {
  const { finding, change, may } = options;
  const { id, state } = finding;
  const action = ACTION_OF[change.action];
  switch (may.refusals[action]) {
    case undefined:
      return undefined;
    case 'permission':
      return new NotAllowedError(
        `Permission ${ownershipFindingWaivePermission.name} on ${finding.entityRef} is required`,
      );
    case 'not-approver':
      return new NotAllowedError(
        `Waivers of ${finding.severity} findings are decided by others (ownership.drift.waivers.approval)`,
      );
    case 'own-request':
      return new NotAllowedError(
        `You asked for the waiver of ${id} yourself: somebody else has to decide on it`,
      );
    default:
  }
  switch (action) {
    case 'withdrawWaiver':
      return new NotFoundError(`The finding ${id} has no waiver`);
    case 'decideWaiver':
      return new NotFoundError(
        `Nobody asks for a waiver of the finding ${id}, or it was decided already`,
      );
    case 'waive':
      return new ConflictError(
        `The finding ${id} is closed; only a finding that stands can be waived`,
      );
    case 'assign':
      return new ConflictError(
        `The finding ${id} is closed; only a finding that stands can be handed to somebody`,
      );
    default:
      return new ConflictError(
        `The finding ${id} is ${state}; only one that is open can be acknowledged or snoozed`,
      );
  }
}
