import { z } from 'zod';
import { timestampSchema } from '../api';
import { severitySchema } from '../drift';
import { measureTotalsSchema } from '../measure';
import { scorecardMoversSchema } from './historySchema';

const findingEntry = z.object({
  id: z.string(),
  entityRef: z.string(),
  entityTitle: z.string(),
  severity: severitySchema,
  message: z.string(),
});

const change = z.object({
  value: z.number().int(),
  /** A week before, where there is a snapshot. */
  previous: z.number().int().optional(),
});

/**
 * Shape of what changed in a week.
 *
 * @public
 */
export const weeklyDigestSchema = z.object({
  /** The group it is about, with everything below it; absent for the whole organisation. */
  team: z.object({ ref: z.string(), title: z.string() }).optional(),
  from: timestampSchema,
  to: timestampSchema,
  components: z.number().int(),
  owned: change,
  atRisk: change,
  orphaned: change,
  /** On the scorecard teams are measured by; absent where there is none. */
  levels: scorecardMoversSchema
    .extend({
      scorecard: z.object({
        id: z.string(),
        title: z.string(),
        /** What each level is called, by its id. */
        levels: z.record(z.string(), z.string()),
      }),
    })
    .optional(),
  findings: z.object({
    /** Opened in the week and open still, the worst first. */
    opened: z.object({ count: z.number().int(), items: z.array(findingEntry) }),
    /** Closed in the week. */
    closed: z.object({ count: z.number().int(), items: z.array(findingEntry) }),
  }),
  budgets: z.object({
    /** SLOs whose error budget is spent. */
    exhausted: z.number().int(),
    /** Those with the least budget left, below a half. */
    worst: z.array(
      z.object({
        entityRef: z.string(),
        entityTitle: z.string(),
        slo: z.string(),
        /** Share of the budget that is left; below 0 where more than all is spent. */
        remaining: z.number(),
      }),
    ),
  }),
  /** Contract reviews due within a week, overdue ones first. */
  reviews: z.object({
    count: z.number().int(),
    items: z.array(
      z.object({
        entityRef: z.string(),
        entityTitle: z.string(),
        dueAt: timestampSchema,
      }),
    ),
  }),
  /** Active initiatives behind their line or overdue. */
  initiatives: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      dueAt: timestampSchema,
      pace: z.enum(['behind', 'overdue']),
      /** Components that still miss the goal. */
      missing: z.number().int(),
    }),
  ),
  /** Deployments and incidents of the week. */
  measures: measureTotalsSchema.optional(),
  /** Components left out because the caller may not see them. */
  hidden: z.number().int(),
});

/**
 * What changed in a week for a team or the whole organisation.
 *
 * @public
 */
export type WeeklyDigest = z.infer<typeof weeklyDigestSchema>;
