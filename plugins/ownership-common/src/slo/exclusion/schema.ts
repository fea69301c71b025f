import { z } from 'zod';
import { timestampSchema } from '../../api';

/**
 * Shape of a wish to exclude time from an SLO: either `from` and `to`, or
 * `rrule`, `durationSeconds` and `timeZone` with `from` as the first start.
 * `checkExclusion` says what is accepted.
 *
 * @public
 */
export const exclusionRequestSchema = z.object({
  reason: z.string().max(500),
  /** Start with a zone, ISO 8601; of a recurring one the first. */
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  /** RFC 5545, for example `FREQ=WEEKLY;BYDAY=SU`; DTSTART may stand before it. */
  rrule: z.string().max(500).optional(),
  durationSeconds: z.number().optional(),
  /** IANA zone. */
  timeZone: z.string().max(100).optional(),
  /** None begins after it, ISO 8601 with a zone. */
  until: z.string().max(40).optional(),
});

/**
 * Which time shall not count for an SLO, and why.
 *
 * @public
 */
export type ExclusionRequest = z.infer<typeof exclusionRequestSchema>;

/**
 * Shape of the end of an exclusion.
 *
 * @public
 */
export const exclusionEndSchema = z.object({
  /** Why it ends; 1 to 500 characters. */
  reason: z.string().trim().min(1).max(500),
  /** What counts again: what is still to come (default), or all of it, the past as well. */
  scope: z.enum(['future', 'all']).optional(),
});

/**
 * Shape of an exclusion with who made and who ended it.
 *
 * @public
 */
export const exclusionSchema = z.object({
  id: z.string(),
  reason: z.string(),
  /** Start; of a recurring one the first. */
  from: timestampSchema,
  /** End of one that is made once. */
  to: timestampSchema.optional(),
  rrule: z.string().optional(),
  durationSeconds: z.number().int().optional(),
  timeZone: z.string().optional(),
  until: timestampSchema.optional(),
  /** `ended`: by somebody, before its time. */
  state: z.enum(['planned', 'running', 'over', 'ended']),
  /** The stretch that runs, or the next one. */
  next: z.object({ from: timestampSchema, to: timestampSchema }).optional(),
  createdAt: timestampSchema,
  createdBy: z.string(),
  endedAt: timestampSchema.optional(),
  endedBy: z.string().optional(),
  endReason: z.string().optional(),
  /** True where the past counts again as well. */
  withdrawn: z.boolean().optional(),
  /** What is not quite as it was asked for. */
  warnings: z.array(z.string()).optional(),
});

/**
 * Time that does not count for an SLO: maintenance, a game day.
 *
 * @public
 */
export type SloExclusion = z.infer<typeof exclusionSchema>;
