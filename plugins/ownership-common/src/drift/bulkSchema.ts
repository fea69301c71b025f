import { z } from 'zod';
import { timestampSchema } from '../api';
import {
  assignmentRequestSchema,
  commentRequestSchema,
} from './handlingSchema';
import {
  findingFilterSchema,
  findingStateSchema,
  waiverRequestSchema,
} from './schema';

/**
 * Most findings that one bulk call changes.
 *
 * @public
 */
export const MAX_BULK_FINDINGS = 500;

const comment = z.string().trim().max(2000).optional();

/**
 * Shape of what is to be done with many findings.
 *
 * @public
 */
export const findingChangeSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('acknowledge'), comment }),
  z.object({
    action: z.literal('snooze'),
    snoozeUntil: timestampSchema,
    comment,
  }),
  waiverRequestSchema.extend({ action: z.literal('waive') }),
  z.object({ action: z.literal('withdraw') }),
  assignmentRequestSchema.extend({ action: z.literal('reassign') }),
  commentRequestSchema.extend({ action: z.literal('comment') }),
]);

/**
 * What is to be done with many findings.
 *
 * @public
 */
export type FindingChangeRequest = z.infer<typeof findingChangeSchema>;

/**
 * Shape of which findings a bulk call is about: at most 500 ids, or a filter
 * with the number of findings the caller expects it to match.
 *
 * @public
 */
export const bulkSelectionSchema = z.union(
  [
    z.object({
      ids: z.array(z.string().max(500)).min(1).max(MAX_BULK_FINDINGS),
    }),
    z.object({
      filter: findingFilterSchema,
      /** Where the filter matches another number by now, nothing is changed. */
      expected: z.number().int().min(1).max(MAX_BULK_FINDINGS),
    }),
  ],
  {
    error: `expected ids of 1 to ${MAX_BULK_FINDINGS} findings, or a filter with the number of findings it is expected to match`,
  },
);

/**
 * Shape of a change of many findings at once.
 *
 * @public
 */
export const bulkRequestSchema = z.intersection(
  bulkSelectionSchema,
  findingChangeSchema,
);

/**
 * A change of many findings at once.
 *
 * @public
 */
export type BulkRequest = z.infer<typeof bulkRequestSchema>;

/**
 * Shape of how a change of many findings went.
 *
 * @public
 */
export const bulkResultSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      /** `requested`: a waiver that waits for approval. */
      outcome: z.enum(['done', 'requested', 'failed']),
      /** The state the finding is in now; absent where it failed. */
      state: findingStateSchema.optional(),
      /** Why it failed, in words. */
      error: z.string().optional(),
    }),
  ),
  done: z.number().int(),
  requested: z.number().int(),
  failed: z.number().int(),
});

/**
 * How a change of many findings went, for each in the order they were given.
 *
 * @public
 */
export type BulkResult = z.infer<typeof bulkResultSchema>;
