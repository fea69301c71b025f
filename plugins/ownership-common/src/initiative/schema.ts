import { z } from 'zod';
import { entityRefSchema, pageQuerySchema, timestampSchema } from '../api';

/**
 * Shape of what has to hold: rules that all pass, or a level of a scorecard.
 *
 * @public
 */
export const initiativeGoalSchema = z.union(
  [
    z.strictObject({
      /** Rules that must all pass. */
      ruleIds: z.array(z.string().min(1).max(100)).min(1).max(50),
    }),
    z.strictObject({
      /** Id of a scorecard. */
      scorecard: z.string().min(1).max(63),
      /** Id of the level to reach. */
      level: z.string().min(1).max(63),
    }),
  ],
  'expected { ruleIds: [...] } or { scorecard, level }',
);

/**
 * What has to hold for a component to meet an initiative.
 *
 * @public
 */
export type InitiativeGoal = z.infer<typeof initiativeGoalSchema>;

/**
 * Shape of what an initiative is about. Both parts together where both are
 * there; everything in the catalog without either.
 *
 * @public
 */
export const initiativeScopeSchema = z.strictObject({
  /**
   * A Backstage filter predicate over the entity, such as
   * `{ kind: Component, 'spec.type': service }`; or a text of YAML or JSON with one.
   */
  predicate: z.unknown().optional(),
  /** Only what this group and the groups below it own. */
  team: entityRefSchema.max(300).optional(),
});

/**
 * The components an initiative is about.
 *
 * @public
 */
export type InitiativeScope = z.infer<typeof initiativeScopeSchema>;

/**
 * Shape of where an initiative is in its life.
 *
 * @public
 */
export const initiativeStateSchema = z.enum([
  'draft',
  'active',
  'done',
  'cancelled',
]);

/**
 * Where an initiative is in its life.
 *
 * @public
 */
export type InitiativeState = z.infer<typeof initiativeStateSchema>;

/**
 * Shape of a new initiative.
 *
 * @public
 */
export const initiativeRequestSchema = z.strictObject({
  title: z.string().trim().min(3).max(200),
  /** Why, and how to get there; plain text. */
  description: z.string().trim().max(5000).optional(),
  goal: initiativeGoalSchema,
  scope: initiativeScopeSchema.optional(),
  /** Who drives it: a group or a user. */
  ownerRef: entityRefSchema.max(300),
  startsAt: timestampSchema,
  /** After `startsAt`. */
  dueAt: timestampSchema,
  /** `draft` unless told. */
  state: z.enum(['draft', 'active']).optional(),
});

/**
 * A new initiative.
 *
 * @public
 */
export type InitiativeRequest = z.infer<typeof initiativeRequestSchema>;

/**
 * Shape of a change: what is left out stays.
 *
 * @public
 */
export const initiativeChangeSchema = initiativeRequestSchema
  .partial()
  .extend({ state: initiativeStateSchema.optional() });

/**
 * A change of an initiative.
 *
 * @public
 */
export type InitiativeChange = z.infer<typeof initiativeChangeSchema>;

/**
 * Shape of the question what an initiative would count.
 *
 * @public
 */
export const initiativePreviewRequestSchema = z.strictObject({
  goal: initiativeGoalSchema,
  scope: initiativeScopeSchema.optional(),
});

/**
 * Shape of how one component stands: it meets the goal, misses it, nobody
 * knows, it is excused (by an exemption or a waiver), or nothing is asked of it.
 *
 * @public
 */
export const initiativeEntityStateSchema = z.enum([
  'met',
  'missing',
  'unknown',
  'exempt',
  'not-asked',
]);

/**
 * How one component stands towards the goal.
 *
 * @public
 */
export type InitiativeEntityState = z.infer<typeof initiativeEntityStateSchema>;

/**
 * Shape of how a number of components stand together.
 *
 * @public
 */
export const initiativeFiguresSchema = z.object({
  /** All components in scope: the sum of the five below. */
  inScope: z.number().int(),
  met: z.number().int(),
  missing: z.number().int(),
  unknown: z.number().int(),
  exempt: z.number().int(),
  notAsked: z.number().int(),
  /** What the share is of: met, missing and unknown. */
  counted: z.number().int(),
  /** Share of the counted that meet the goal, 0..1; absent where none is counted. */
  share: z.number().optional(),
  /** Share of the counted of which something is known, 0..1. */
  coverage: z.number(),
});

/**
 * How a number of components stand towards the goal.
 *
 * @public
 */
export type InitiativeFigures = z.infer<typeof initiativeFiguresSchema>;

/**
 * Shape of one day of a burn-up.
 *
 * @public
 */
export const initiativePointSchema = z.object({
  /** Day, as `2026-11-21`, in UTC. */
  day: z.string(),
  met: z.number().int(),
  /** What `met` is of on that day. */
  counted: z.number().int(),
});

/**
 * One day of a burn-up.
 *
 * @public
 */
export type InitiativePoint = z.infer<typeof initiativePointSchema>;

/**
 * Shape of how an initiative does against the straight line from its start to
 * its due date.
 *
 * @public
 */
export const initiativePaceSchema = z.enum([
  'not-started',
  'on-track',
  'behind',
  'overdue',
  'reached',
]);

/**
 * How an initiative does against its ideal line.
 *
 * @public
 */
export type InitiativePace = z.infer<typeof initiativePaceSchema>;

/**
 * Shape of an initiative with its progress.
 *
 * @public
 */
export const initiativeSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  goal: initiativeGoalSchema,
  /** The goal in words: "Level Advanced of Service ownership maturity". */
  goalTitle: z.string(),
  scope: initiativeScopeSchema,
  ownerRef: z.string(),
  /** What the owner is called, where it is in the catalog. */
  ownerTitle: z.string().optional(),
  startsAt: timestampSchema,
  dueAt: timestampSchema,
  state: initiativeStateSchema,
  createdAt: timestampSchema,
  createdBy: z.string(),
  updatedAt: timestampSchema,
  /** What is wrong with it, a sentence each: "unknown rule …". */
  problems: z.array(z.string()),
  figures: initiativeFiguresSchema,
  /** The figures of the team that was asked for, of the whole scope. */
  ofTeam: initiativeFiguresSchema.optional(),
  /**
   * Components that the caller may not see and that are left out of all figures:
   * those of the team of the scope or all there are, whether the predicate
   * matches them or not, for that would tell what they hold.
   */
  hidden: z.number().int(),
  /** Where the ideal line stands now, in components. */
  expected: z.number().optional(),
  /** Components below the ideal line, 0 where it is kept. */
  behind: z.number().int(),
  /** Only of an active initiative. */
  pace: initiativePaceSchema.optional(),
  /** One point a day, oldest first; empty where something is `hidden`. */
  points: z.array(initiativePointSchema),
  /**
   * What to do next, where the goal is reached and nothing is `hidden`: "All 24
   * meet the goal: mark it as done".
   */
  proposal: z.string().optional(),
});

/**
 * A goal with a due date over a scope, and how far it is.
 *
 * @public
 */
export type Initiative = z.infer<typeof initiativeSchema>;

/**
 * Shape of an exemption.
 *
 * @public
 */
export const initiativeExemptionSchema = z.object({
  entityRef: z.string(),
  reason: z.string(),
  /** From then on the component counts again. */
  expiresAt: timestampSchema,
  createdBy: z.string(),
  createdAt: timestampSchema,
  /** False once it expired. */
  active: z.boolean(),
});

/**
 * A component that is excused from an initiative, why and until when.
 *
 * @public
 */
export type InitiativeExemption = z.infer<typeof initiativeExemptionSchema>;

/**
 * Shape of a new exemption; one that is there already is replaced.
 *
 * @public
 */
export const initiativeExemptionRequestSchema = z.strictObject({
  entityRef: entityRefSchema.max(300),
  reason: z.string().trim().min(3).max(2000),
  /** In the future, at most two years. */
  expiresAt: timestampSchema,
});

/**
 * A new exemption.
 *
 * @public
 */
export type InitiativeExemptionRequest = z.infer<
  typeof initiativeExemptionRequestSchema
>;

/**
 * Shape of an initiative with who is behind.
 *
 * @public
 */
export const initiativeDetailSchema = initiativeSchema.extend({
  /** Every owner and all groups above, most components to go first. */
  teams: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      /** The group above, where that is in the list too. */
      parent: z.string().optional(),
      figures: initiativeFiguresSchema,
      /** Components below the ideal line of the initiative, 0 where it is kept. */
      behind: z.number().int(),
    }),
  ),
  exemptions: z.array(initiativeExemptionSchema),
  /** The rules of the goal, as they resolve now. */
  rules: z.array(
    z.object({
      ruleId: z.string(),
      /** What holds when the rule passes: "An owner is named". */
      title: z.string(),
      /** Components in scope that fail it. */
      failing: z.number().int(),
    }),
  ),
});

/**
 * An initiative with its teams, rules and exemptions.
 *
 * @public
 */
export type InitiativeDetail = z.infer<typeof initiativeDetailSchema>;

/**
 * Shape of a component in scope of an initiative.
 *
 * @public
 */
export const initiativeEntitySchema = z.object({
  entityRef: z.string(),
  entityTitle: z.string().optional(),
  ownerRefs: z.array(z.string()),
  tier: z.string().optional(),
  state: initiativeEntityStateSchema,
  /** Rules of the goal that fail. */
  missing: z.array(z.string()),
  /** Rules of the goal of which nothing is known. */
  unknown: z.array(z.string()),
  /** Rules of the goal that fail and are waived. */
  waived: z.array(z.string()),
});

/**
 * How one component stands, and what it misses.
 *
 * @public
 */
export type InitiativeEntity = z.infer<typeof initiativeEntitySchema>;

/**
 * Shape of a filter over the components of an initiative.
 *
 * @public
 */
export const initiativeEntityQuerySchema = pageQuerySchema
  .omit({ orderBy: true })
  .extend({
    team: z.string().max(300).optional(),
    state: initiativeEntityStateSchema.optional(),
  });

/**
 * Which components of an initiative are meant.
 *
 * @public
 */
export type InitiativeEntityQuery = z.infer<typeof initiativeEntityQuerySchema>;

/**
 * Shape of what an initiative would count today.
 *
 * @public
 */
export const initiativePreviewSchema = z.object({
  goalTitle: z.string(),
  figures: initiativeFiguresSchema,
  /**
   * Components that the caller may not see, of the team of the scope or of
   * all. The predicate does not change it: it would tell what they hold.
   */
  hidden: z.number().int(),
  problems: z.array(z.string()),
});

/**
 * What an initiative would count today.
 *
 * @public
 */
export type InitiativePreview = z.infer<typeof initiativePreviewSchema>;
