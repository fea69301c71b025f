import { z } from 'zod';
import { entityRefSchema } from '../api';
import { severitySchema } from '../drift';
import { sloStateSchema } from '../slo';

/**
 * What a brief is about.
 *
 * @public
 */
export const briefKindSchema = z.enum(['team', 'system', 'domain']);

/**
 * Shape of a brief.
 *
 * @public
 */
export const briefSchema = z.object({
  ref: z.string(),
  title: z.string(),
  /** Components that count here; a team's with those of the groups below it. */
  components: z.number().int(),
  /** The components by ownership state. */
  byState: z.object({
    owned: z.number().int(),
    'at-risk': z.number().int(),
    orphaned: z.number().int(),
    unknown: z.number().int(),
  }),
  openFindings: z.number().int(),
  /** Title of the level the median component has reached; absent for none. */
  level: z.string().optional(),
  /** The most severe open finding, among several the oldest. */
  worstFinding: z
    .object({
      id: z.string(),
      entityRef: entityRefSchema,
      entityTitle: z.string().optional(),
      severity: severitySchema,
      message: z.string(),
    })
    .optional(),
  /** The SLO with the least error budget left, of those with data. */
  worstSlo: z
    .object({
      entityRef: entityRefSchema,
      entityTitle: z.string().optional(),
      slo: z.string(),
      state: sloStateSchema,
      /** Share of the budget that is left; negative when breached. */
      remaining: z.number(),
    })
    .optional(),
  /** Contracts to confirm within 30 days, overdue ones included. */
  reviewsDue: z.number().int(),
});

/**
 * What matters today about a team, a system or a domain, in a few lines.
 *
 * @public
 */
export type Brief = z.infer<typeof briefSchema>;
