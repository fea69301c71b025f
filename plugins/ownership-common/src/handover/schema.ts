import { z } from 'zod';
import {
  entityRefSchema,
  pageQuerySchema,
  pageSchema,
  timestampSchema,
} from '../api';

/**
 * Shape of where a handover is in its life: `proposed` to the receiving team,
 * `accepted` by it, `ready` once its checklist is done, `complete`; or
 * `declined` by the receiving team, or `cancelled`.
 *
 * @public
 */
export const handoverStateSchema = z.enum([
  'proposed',
  'accepted',
  'ready',
  'complete',
  'declined',
  'cancelled',
]);

/**
 * Where a handover is in its life. Until it is `complete` the old team answers.
 *
 * @public
 */
export type HandoverState = z.infer<typeof handoverStateSchema>;

const teamSchema = z.object({
  ref: z.string(),
  /** What people call it; the ref where it is not in the catalog. */
  title: z.string(),
  /** False where it is not in the catalog. */
  resolves: z.boolean(),
});

/**
 * Shape of one thing to do before a handover is complete.
 *
 * @public
 */
export const handoverItemSchema = z.object({
  /** Names it in the API: `1`, `2`, … */
  id: z.string(),
  title: z.string(),
  done: z.boolean(),
  doneAt: timestampSchema.optional(),
  doneBy: z.string().optional(),
});

/**
 * One thing to do before a handover is complete.
 *
 * @public
 */
export type HandoverItem = z.infer<typeof handoverItemSchema>;

/**
 * Shape of a handover in short, as the page of its component shows it.
 *
 * @public
 */
export const handoverBriefSchema = z.object({
  id: z.string(),
  state: handoverStateSchema,
  to: teamSchema,
  /** Who answers until it is complete; empty where nobody did. */
  from: z.array(teamSchema),
  dueAt: timestampSchema,
  /** Items of the checklist that are done, of how many. */
  done: z.number().int(),
  items: z.number().int(),
});

/**
 * A handover in short.
 *
 * @public
 */
export type HandoverBrief = z.infer<typeof handoverBriefSchema>;

/**
 * Shape of a handover.
 *
 * @public
 */
export const handoverSchema = z.object({
  id: z.string(),
  state: handoverStateSchema,
  /** The receiving team. */
  to: teamSchema,
  /** The teams that give; empty where nobody owned the components. */
  from: z.array(teamSchema),
  /** Why; plain text. */
  reason: z.string(),
  proposedAt: timestampSchema,
  proposedBy: z.string(),
  dueAt: timestampSchema,
  acceptedAt: timestampSchema.optional(),
  acceptedBy: z.string().optional(),
  /** When it was completed, declined or cancelled. */
  endedAt: timestampSchema.optional(),
  /** Absent where a scan ended it. */
  endedBy: z.string().optional(),
  endReason: z.string().optional(),
  /** True for one that is open past its due date. */
  overdue: z.boolean(),
  /** What is handed over, as far as the caller may see it. */
  components: z.array(
    z.object({
      entityRef: z.string(),
      title: z.string().optional(),
      /** When it left the catalog, and with it the handover. */
      leftAt: timestampSchema.optional(),
    }),
  ),
  /** Components left out because the caller may not see them. */
  hidden: z.number().int(),
  checklist: z.array(handoverItemSchema),
  /** What stands in its way, a sentence each: "Payments is not in the catalog any more". */
  problems: z.array(z.string()),
  /** What the caller may do now. */
  may: z.object({
    accept: z.boolean(),
    decline: z.boolean(),
    cancel: z.boolean(),
    complete: z.boolean(),
    check: z.boolean(),
  }),
});

/**
 * Components on their way to another team.
 *
 * @public
 */
export type Handover = z.infer<typeof handoverSchema>;

/**
 * Shape of a handover with what the catalog still has to say.
 *
 * @public
 */
export const handoverDetailSchema = handoverSchema.extend({
  /** Components whose owner in the catalog, by the last scan, is not the new team. */
  toMove: z.array(
    z.object({
      entityRef: z.string(),
      ownerRefs: z.array(z.string()),
      /** YAML that makes the new team the owner. */
      patch: z.string(),
    }),
  ),
  /** Titles by ref of who did something here. */
  titles: z.record(z.string(), z.string()),
});

/**
 * A handover with what the catalog still has to say.
 *
 * @public
 */
export type HandoverDetail = z.infer<typeof handoverDetailSchema>;

/**
 * Shape of a new handover.
 *
 * @public
 */
export const handoverRequestSchema = z.strictObject({
  /** The components, at most 200; none of them in another open handover. */
  entityRefs: z.array(entityRefSchema.max(300)).min(1).max(200),
  /** The group that is to answer for them. */
  to: entityRefSchema.max(300),
  reason: z.string().trim().min(3).max(2000),
  /** In the future, at most two years; in 30 days unless configured otherwise. */
  dueAt: timestampSchema.optional(),
  /** What has to be done before; the configured list without. */
  checklist: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
});

/**
 * A new handover.
 *
 * @public
 */
export type HandoverRequest = z.infer<typeof handoverRequestSchema>;

/**
 * Shape of why somebody declines or cancels, or what there is to say.
 *
 * @public
 */
export const handoverAnswerSchema = z.strictObject({
  /** Kept with the handover and told the other team. */
  comment: z.string().trim().max(2000).optional(),
});

/**
 * Why somebody declines or cancels, or what there is to say.
 *
 * @public
 */
export type HandoverAnswer = z.infer<typeof handoverAnswerSchema>;

/**
 * Shape of which handovers are meant.
 *
 * @public
 */
export const handoverQuerySchema = pageQuerySchema
  .omit({ orderBy: true })
  .extend({
    /** Those from or to this group or groups below it. */
    team: z.string().max(300).optional(),
    state: z
      .union([handoverStateSchema, z.array(handoverStateSchema)])
      .optional(),
    /** Those of this component. */
    entityRef: z.string().max(300).optional(),
  });

/**
 * Which handovers are meant.
 *
 * @public
 */
export type HandoverQuery = z.infer<typeof handoverQuerySchema>;

/**
 * Shape of a page of handovers.
 *
 * @public
 */
export const handoverPageSchema = pageSchema(handoverSchema);
