import { z } from 'zod';

/**
 * Shape of a rule that says something else than before.
 *
 * @public
 */
export const ruleFlipSchema = z.object({
  ruleId: z.string(),
  /** What holds when the rule passes: "An owner is named". */
  title: z.string(),
  from: z.enum(['pass', 'fail', 'unknown', 'waived', 'not-asked']),
  to: z.enum(['pass', 'fail', 'unknown', 'waived', 'not-asked']),
  /** Last day on which it flipped, as `2026-11-21`, in UTC. */
  day: z.string(),
});

/**
 * A rule that says something else than before: the reason for a move.
 *
 * @public
 */
export type RuleFlip = z.infer<typeof ruleFlipSchema>;

/**
 * Shape of the last time an entity came to another level.
 *
 * @public
 */
export const levelMoveSchema = z.object({
  /** Day of the move, as `2026-11-21`, in UTC. */
  day: z.string(),
  /** Level id, `none` or `unknown`, before. */
  from: z.string(),
  /** What people call it, where it is a level. */
  fromTitle: z.string().optional(),
  /** Rules that flipped with it. Empty where the scorecard was changed. */
  reasons: z.array(ruleFlipSchema),
});

/**
 * The last time an entity came to another level, and why.
 *
 * @public
 */
export type ScorecardLevelMove = z.infer<typeof levelMoveSchema>;

const moverSchema = z.object({
  entityRef: z.string(),
  entityTitle: z.string().optional(),
  /** Its owners of today, whoever they were then. */
  ownerRefs: z.array(z.string()),
  tier: z.string().optional(),
  /** Level id, `none` or `unknown`. */
  from: z.string(),
  to: z.string(),
  /** 0..1. */
  fromScore: z.number(),
  toScore: z.number(),
  /** Last day on which anything changed, as `2026-11-21`. */
  day: z.string(),
  /** Rules that ended otherwise than they began, those that explain the move first. */
  reasons: z.array(ruleFlipSchema),
});

const teamMoverSchema = z.object({
  ref: z.string(),
  title: z.string(),
  /** Mean score, 0..1, of the group with everything below it. */
  fromScore: z.number(),
  toScore: z.number(),
  /** Measured components then and now: a mean also moves with what comes and goes. */
  fromEntities: z.number().int(),
  toEntities: z.number().int(),
  /** Rules that flipped most often in this direction, over those components that moved most. */
  reasons: z.array(
    ruleFlipSchema.omit({ day: true }).extend({ entities: z.number().int() }),
  ),
});

/**
 * Shape of what moved most on a scorecard.
 *
 * @public
 */
export const scorecardMoversSchema = z.object({
  /** Day the movers are compared with: how it stood at its end. */
  since: z.string(),
  entities: z.object({
    /** Entities whose score fell, those that fell furthest first. */
    down: z.object({ count: z.number().int(), items: z.array(moverSchema) }),
    up: z.object({ count: z.number().int(), items: z.array(moverSchema) }),
  }),
  /** Empty for callers who may not see every component of the part. */
  teams: z.object({
    /** Day of the snapshot teams are compared with; absent where there is none. */
    since: z.string().optional(),
    down: z.array(teamMoverSchema),
    up: z.array(teamMoverSchema),
  }),
  /** Components left out because the caller may not see them. */
  hidden: z.number().int(),
});

/**
 * What moved most on a scorecard, up and down, with the reasons.
 *
 * @public
 */
export type ScorecardMovers = z.infer<typeof scorecardMoversSchema>;

/**
 * Shape of the history of one entity on every scorecard.
 *
 * @public
 */
export const entityScorecardHistorySchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string().optional(),
      /** False for a scorecard that is no longer configured. */
      configured: z.boolean(),
      /** Where it stands now; absent where it is not measured. */
      level: z.string().optional(),
      /** 0..1. */
      score: z.number().optional(),
      /** Where it stood at the end of the day asked for; absent where it was not measured. */
      then: z.object({ level: z.string(), score: z.number() }).optional(),
      /** The days on which something changed, the last one first, at most 400. */
      changes: z.array(
        z.object({
          day: z.string(),
          /** Level id, `none` or `unknown`; absent where it was not measured. */
          from: z.string().optional(),
          to: z.string().optional(),
          fromScore: z.number().optional(),
          toScore: z.number().optional(),
          reasons: z.array(ruleFlipSchema),
        }),
      ),
    }),
  ),
});

/**
 * Where one entity stood on every scorecard, day by day, and why it moved.
 *
 * @public
 */
export type EntityScorecardHistory = z.infer<
  typeof entityScorecardHistorySchema
>;
