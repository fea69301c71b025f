import type {
  FindingAction,
  FindingChangeRequest,
} from '@service-ownership/backstage-plugin-ownership-common';

/** What somebody does with one finding or with many. */
export type FindingChange =
  | FindingChangeRequest
  | { action: 'approve'; comment?: string; requestedAt?: string }
  | { action: 'reject'; comment: string };

/** What one has to be allowed to do for it. */
export const ACTION_OF: Record<FindingChange['action'], FindingAction> = {
  acknowledge: 'acknowledge',
  snooze: 'acknowledge',
  waive: 'waive',
  withdraw: 'withdrawWaiver',
  approve: 'decideWaiver',
  reject: 'decideWaiver',
  reassign: 'assign',
  comment: 'comment',
};
