import { z } from 'zod';
import { pageQuerySchema, timestampSchema } from '../api';
import { severitySchema } from '../drift';
import { measureTotalsSchema } from '../measure';
import { levelMoveSchema } from './historySchema';

/**
 * Shape of a scorecard.
 *
 * @public
 */
export const scorecardSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  /** From the lowest to the highest. */
  levels: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      description: z.string().optional(),
      /** Rules that must all pass, beside those of the levels below. */
      rules: z.array(z.string()),
    }),
  ),
});

/**
 * An ordered set of levels.
 *
 * @public
 */
export type Scorecard = z.infer<typeof scorecardSchema>;

/**
 * Shape of where an entity stands on a scorecard.
 *
 * @public
 */
export const scorecardResultSchema = z.object({
  id: z.string(),
  title: z.string().optional(),
  /** Highest level reached; absent where not even the lowest is. */
  level: z.string().optional(),
  nextLevel: z.string().optional(),
  /** Rules of the next level that fail, the cheapest first. */
  missing: z.array(z.string()),
  /** Rules of the next level of which nothing is known. */
  unknown: z.array(z.string()),
  /**
   * How far up the ladder, 0..1: the share of passed rules of every level up to
   * the next one, over the number of levels. Levels beyond the next add nothing.
   */
  score: z.number(),
  /** Every rule of the scorecard that is asked of the entity, with its outcome, by level. */
  rules: z
    .array(
      z.object({
        ruleId: z.string(),
        /** What holds when the rule passes: "An owner is named". */
        title: z.string(),
        level: z.string(),
        status: z.enum(['pass', 'fail', 'unknown', 'waived']),
      }),
    )
    .optional(),
  /** Since when it has been on this level, and why; absent where it never moved. */
  lastMove: levelMoveSchema.optional(),
});

/**
 * Where an entity stands on a scorecard, and what holds it back.
 *
 * @public
 */
export type ScorecardResult = z.infer<typeof scorecardResultSchema>;

/**
 * Shape of a result with the entity it is of.
 *
 * @public
 */
export const scorecardEntityResultSchema = scorecardResultSchema.extend({
  entityRef: z.string(),
  entityTitle: z.string().optional(),
  ownerRefs: z.array(z.string()),
  tier: z.string().optional(),
});

/**
 * A result with the entity it is of.
 *
 * @public
 */
export type ScorecardEntityResult = z.infer<typeof scorecardEntityResultSchema>;

/**
 * Shape of what results are added up by.
 *
 * @public
 */
export const rollupGroupBySchema = z.enum(['team', 'domain', 'system']);

/**
 * Shape of results added up.
 *
 * @public
 */
export const rollupSchema = z.object({
  items: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      /** For teams: the group above, to draw the tree; absent at the top. */
      parent: z.string().optional(),
      entities: z.number().int(),
      /** Entities whose highest level is this one; `none` and `unknown` beside the level ids. */
      byLevel: z.record(z.string(), z.number().int()),
      /** Mean of the entities' scores, 0..1; absent where nothing is known. */
      score: z.number().optional(),
      /** Share of rule outcomes that are known, 0..1. */
      coverage: z.number(),
      /** Entities left out because the caller may not see them. */
      hidden: z.number().int(),
      openFindings: z.number().int().optional(),
      orphaned: z.number().int().optional(),
      atRisk: z.number().int().optional(),
      /** Score a month ago, where there is one. */
      previousScore: z.number().optional(),
    }),
  ),
  /** Rules that fail most often, with how many entities they hold back. */
  levers: z
    .array(
      z.object({
        ruleId: z.string(),
        /** What would hold: "An owner is named". */
        title: z.string(),
        severity: severitySchema,
        entities: z.number().int(),
        /**
         * Entities for which it is the only rule between them and the next level,
         * leaving aside what cannot be told before it passes.
         */
        lifts: z.number().int(),
      }),
    )
    .optional(),
});

/**
 * Entities by level for every team, domain or system.
 *
 * @public
 */
export type ScorecardRollup = z.infer<typeof rollupSchema>;

/**
 * Shape of the history of a scorecard.
 *
 * @public
 */
export const scorecardHistorySchema = z.object({
  points: z.array(
    z.object({
      /** Day, as `2026-11-21`. */
      day: z.string(),
      entities: z.number().int(),
      byLevel: z.record(z.string(), z.number().int()),
      score: z.number().optional(),
      coverage: z.number(),
    }),
  ),
});

/**
 * Entities by level, one point a day, oldest first.
 *
 * @public
 */
export type ScorecardHistory = z.infer<typeof scorecardHistorySchema>;

/**
 * Shape of a filter over results with order and page.
 *
 * @public
 */
export const scorecardResultQuerySchema = pageQuerySchema.extend({
  team: z.string().max(300).optional(),
  level: z.string().max(100).optional(),
  /** Only entities for which this rule fails. */
  rule: z.string().max(100).optional(),
  domain: z.string().max(300).optional(),
  system: z.string().max(300).optional(),
});

/**
 * Which results are meant, in which order and which page of them.
 *
 * @public
 */
export type ScorecardResultQuery = z.infer<typeof scorecardResultQuerySchema>;

const measure = z.object({
  /** Absent where nothing is known. */
  value: z.number().optional(),
  /** Value at the start of the period, where there is one. */
  previous: z.number().optional(),
  /** What it is counted over. */
  of: z.number().optional(),
  /** Of those, how many nothing can be said of; absent where there are none. */
  unknown: z.number().optional(),
  trend: z.array(z.object({ at: timestampSchema, value: z.number() })),
});

/**
 * Shape of the overview for leaders.
 *
 * @public
 */
export const overviewSchema = z.object({
  /** The group looked at; absent for the whole organisation. */
  team: z.object({ ref: z.string(), title: z.string() }).optional(),
  period: z.object({ from: timestampSchema, to: timestampSchema }),
  owned: measure,
  orphaned: measure,
  atRisk: measure,
  unknown: measure,
  slosMet: measure,
  /** Mean remaining budget of the SLOs with data. */
  budgetLeft: measure,
  reviewsDue: measure,
  /** Cost against budget, deployments and incidents of the period. */
  measures: measureTotalsSchema.optional(),
  teams: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      parent: z.string().optional(),
      members: z.number().int(),
      components: z.number().int(),
      /** Tier-weighted components per member. */
      load: z.number().optional(),
      overloaded: z.boolean(),
      openFindings: z.number().int(),
      orphaned: z.number().int(),
      atRisk: z.number().int(),
      slosBreached: z.number().int(),
      /** Mean remaining error budget of the SLOs with data, 1 when none is spent; absent where none has. */
      budgetLeft: z.number().optional(),
      score: z.number().optional(),
      level: z.string().optional(),
      previousScore: z.number().optional(),
    }),
  ),
  /** Contracts to confirm, waivers that end and handovers due in the next 30 days, soonest first; overdue ones are in the past. */
  upcoming: z.array(
    z.object({
      kind: z.enum(['review', 'waiver-expiry', 'runbook-review', 'handover']),
      entityRef: z.string(),
      title: z.string(),
      dueAt: timestampSchema,
      ownerRefs: z.array(z.string()),
    }),
  ),
  /** Components left out because the caller may not see them. */
  hidden: z.number().int(),
  lastScan: z
    .object({
      id: z.string(),
      state: z.string(),
      finishedAt: timestampSchema.optional(),
    })
    .optional(),
});

/**
 * The executive view in one call.
 *
 * @public
 */
export type Overview = z.infer<typeof overviewSchema>;

/**
 * Shape of what is wrong with the configuration of the scorecards.
 *
 * @public
 */
export const scorecardConfigurationProblemSchema = z.object({
  /** Every problem with its path in app-config. */
  message: z.string(),
  /** Since when it has been like this. */
  since: timestampSchema,
  /** What is used instead: the last valid configuration, or the built-in scorecards. */
  inUse: z.enum(['last-valid', 'defaults']),
});

/**
 * What is wrong with the configuration of the scorecards, and what is used
 * instead.
 *
 * @public
 */
export type ScorecardConfigurationProblem = z.infer<
  typeof scorecardConfigurationProblemSchema
>;

/**
 * Shape of what a changed scorecard would do.
 *
 * @public
 */
export const scorecardDryRunSchema = z.object({
  /** The scorecard as it would be used, without rules that are switched off. */
  scorecard: scorecardSchema,
  /** True where no scorecard has its id yet. */
  isNew: z.boolean(),
  /** Components that are measured before or after. */
  components: z.number().int(),
  /** Components by level id, with `none` and `unknown`, as they stand. */
  before: z.record(z.string(), z.number().int()),
  /** The same as they would stand. */
  after: z.record(z.string(), z.number().int()),
  /** Components that would reach a higher level. */
  up: z.number().int(),
  /** Components that would fall to a lower one. */
  down: z.number().int(),
  same: z.number().int(),
  /** Components that would be measured and are not. */
  added: z.number().int(),
  /** Components that would no longer be measured. */
  removed: z.number().int(),
  /** Some of those that move, what falls first. */
  samples: z.array(
    z.object({
      entityRef: z.string(),
      entityTitle: z.string().optional(),
      /** A level id, `none` or `unknown`. */
      from: z.string(),
      to: z.string(),
      move: z.enum(['up', 'down']),
    }),
  ),
  /** Who owns what moves, with the groups above; most falls first. */
  teams: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      up: z.number().int(),
      down: z.number().int(),
    }),
  ),
  /** Rules of it that no scan has asked yet: they count as unknown. */
  unknownRules: z.array(z.string()),
  /** Components left out because the caller may not see them, whatever it would measure. */
  hidden: z.number().int(),
});

/**
 * What a changed scorecard would do, by what the last scan saw.
 *
 * @public
 */
export type ScorecardDryRun = z.infer<typeof scorecardDryRunSchema>;
