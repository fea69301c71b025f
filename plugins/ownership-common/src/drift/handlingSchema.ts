import { z } from 'zod';
import { entityRefSchema, timestampSchema } from '../api';

/**
 * Shape of a waiver that waits for somebody to approve it.
 *
 * @public
 */
export const pendingWaiverSchema = z.object({
  reason: z.string(),
  requestedBy: entityRefSchema,
  requestedAt: timestampSchema,
  /** When the waiver is to end, if it is approved. */
  expiresAt: timestampSchema,
});

/**
 * A waiver that was asked for and is not decided yet: the finding stays open.
 *
 * @public
 */
export type PendingWaiver = z.infer<typeof pendingWaiverSchema>;

/**
 * Shape of the name of something one can do with a finding.
 *
 * @public
 */
export const findingActionSchema = z.enum([
  'acknowledge',
  'waive',
  'withdrawWaiver',
  'decideWaiver',
  'comment',
  'assign',
]);

/**
 * Something one can do with a finding; `acknowledge` covers snoozing,
 * `decideWaiver` approving and rejecting.
 *
 * @public
 */
export type FindingAction = z.infer<typeof findingActionSchema>;

/**
 * Shape of the reason why somebody may not do something with a finding.
 *
 * @public
 */
export const refusalSchema = z.enum([
  'permission',
  'state',
  'not-approver',
  'own-request',
]);

/**
 * Why not: the policy does not grant it; the finding is in a state where it
 * makes no sense; others approve waivers of this severity; nobody decides on
 * what they asked for themselves.
 *
 * @public
 */
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * Shape of what a caller may do with a finding.
 *
 * @public
 */
export const findingMaySchema = z.object({
  acknowledge: z.boolean(),
  /** Also true where the waiver then waits for approval. */
  waive: z.boolean(),
  withdrawWaiver: z.boolean(),
  decideWaiver: z.boolean(),
  comment: z.boolean(),
  assign: z.boolean(),
  /** Whether a waiver of this finding takes effect only once it is approved. */
  needsApproval: z.boolean(),
  /** For everything above that is false: why. */
  refusals: z.partialRecord(findingActionSchema, refusalSchema),
});

/**
 * What a caller may do with a finding as it is now and, where not, why.
 *
 * @public
 */
export type FindingMay = z.infer<typeof findingMaySchema>;

/**
 * Shape of the answer to a request for a waiver: a comment of at most 2000
 * characters.
 *
 * @public
 */
export const waiverApprovalSchema = z.object({
  comment: z.string().trim().max(2000).optional(),
  /** Of the request that was read: another one made since is not approved. */
  requestedAt: timestampSchema.optional(),
});

/**
 * Shape of the rejection of a waiver: a comment of 3 to 2000 characters, so
 * that who asked knows why.
 *
 * @public
 */
export const waiverRejectionSchema = z.object({
  comment: z.string().trim().min(3).max(2000),
});

/**
 * Shape of a comment: plain text of 1 to 4000 characters.
 *
 * @public
 */
export const commentRequestSchema = z.object({
  text: z.string().trim().min(1).max(4000),
});

/**
 * Shape of who is to see to a finding; without `assignee` nobody in particular.
 *
 * @public
 */
export const assignmentRequestSchema = z.object({
  /** Ref of a group or user of the catalog. */
  assignee: z.string().trim().min(1).max(300).optional(),
  /** What they should know; at most 2000 characters. */
  comment: z.string().trim().max(2000).optional(),
});

/**
 * To whom a finding is handed.
 *
 * @public
 */
export type AssignmentRequest = z.infer<typeof assignmentRequestSchema>;
