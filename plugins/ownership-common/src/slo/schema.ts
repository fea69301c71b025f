import { z } from 'zod';
import { entityRefSchema, pageQuerySchema, timestampSchema } from '../api';

/**
 * Shape of the state of an SLO.
 *
 * @public
 */
export const sloStateSchema = z.enum([
  'met',
  'at-risk',
  'breached',
  'partial',
  'no-traffic',
  'no-data',
]);

/**
 * Where an SLO stands. `no-data`, `no-traffic` and `partial` are states of
 * their own: nothing is guessed.
 *
 * @public
 */
export type SloState = z.infer<typeof sloStateSchema>;

const ratio = z.number();

/**
 * Shape of an action of an error-budget policy that applies.
 *
 * @public
 */
export const policyActionSchema = z.object({
  action: z.string(),
  /** The remaining budget is below this share. */
  remainingBelow: z.number(),
  description: z.string().optional(),
  /** When the remaining budget was first seen below it. */
  since: timestampSchema.optional(),
});

/**
 * What the team agreed to do, since when it applies.
 *
 * @public
 */
export type PolicyAction = z.infer<typeof policyActionSchema>;

/**
 * Shape of the status of an SLO.
 *
 * @public
 */
export const sloStatusSchema = z.object({
  entityRef: entityRefSchema,
  slo: z.string(),
  title: z.string(),
  description: z.string().optional(),
  objective: z.number().gt(0).lt(1),
  budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
  window: z.object({
    duration: z.string(),
    type: z.enum(['rolling', 'calendar']),
    start: timestampSchema,
    end: timestampSchema,
  }),
  state: sloStateSchema,
  reason: z.string().optional(),
  /** Share of good events in the window; absent where there is none. */
  sli: ratio.optional(),
  good: z.number().optional(),
  total: z.number().optional(),
  budget: z
    .object({
      /** Share of the budget used up; above 1 when breached. */
      consumed: z.number(),
      /** 1 - consumed; negative when breached. */
      remaining: z.number(),
      /** Bad events that may still happen, slices for the sliced methods; negative when breached. */
      remainingEvents: z.number(),
      remainingSeconds: z.number(),
      /** True where the denominator is not known yet (calendar windows). */
      estimated: z.boolean(),
    })
    .optional(),
  burnRates: z.array(
    z.object({
      windowSeconds: z.number().int(),
      errorRate: ratio.optional(),
      burnRate: z.number().optional(),
      coverage: ratio,
    }),
  ),
  alerts: z.array(
    z.object({
      severity: z.enum(['page', 'ticket']),
      longSeconds: z.number().int(),
      shortSeconds: z.number().int(),
      factor: z.number(),
      /** False where the factor is above the greatest possible burn rate. */
      reachable: z.boolean(),
      /** True while it is met, and until it has not been for `keepFiringSeconds` of data. */
      firing: z.boolean(),
      /** Since when it fires. */
      since: timestampSchema.optional(),
      /** Met since then, but not yet for `afterSeconds`. */
      pendingSince: timestampSchema.optional(),
      /** It fires, but its condition is not met any more since then. */
      heldSince: timestampSchema.optional(),
      /** It fired when the data ended: whether its condition is still met is not known. */
      unknownSince: timestampSchema.optional(),
      /** For how much data without the condition it goes on firing. */
      keepFiringSeconds: z.number().optional(),
      name: z.string().optional(),
      shortFactor: z.number().optional(),
      also: z
        .array(
          z.object({ windowSeconds: z.number().int(), factor: z.number() }),
        )
        .optional(),
      afterSeconds: z.number().optional(),
      whenNoData: z.boolean().optional(),
      unannounced: z.array(z.enum(['firing', 'resolved'])).optional(),
    }),
  ),
  /** Actions of the error-budget policy that apply now, strictest first. */
  policyActions: z.array(policyActionSchema).optional(),
  /** Seconds until the budget is gone at the present rate; 0 if it is, absent if never. */
  exhaustionSeconds: z.number().optional(),
  /** Share of the window with data. Time that is excluded is no part of it. */
  coverage: ratio,
  /** Seconds of the window that are excluded; absent where none are. */
  excludedSeconds: z.number().optional(),
  /** End of the exclusion that runs now. */
  excludedUntil: timestampSchema.optional(),
  lastDataAt: timestampSchema.optional(),
  evaluatedAt: timestampSchema,
  ownerRefs: z.array(z.string()).optional(),
  entityTitle: z.string().optional(),
  tier: z.string().optional(),
  /** True where no contract and no catalog entity has it: it was found recorded. */
  discovered: z.boolean().optional(),
  /** Remaining budget at equal steps over the window, oldest first; for a small chart. */
  sparkline: z.array(z.number().nullable()).optional(),
});

/**
 * How an SLO stands, as last worked out. A number that is absent is not known.
 *
 * @public
 */
export type SloStatus = z.infer<typeof sloStatusSchema>;

/**
 * Shape of a filter over SLO statuses.
 *
 * @public
 */
export const sloFilterSchema = z.object({
  /** A group with those below it; `none` for what no group owns. */
  team: z.string().max(300).optional(),
  entityRef: entityRefSchema.optional(),
  /** SLOs of the components of this system. */
  system: z.string().max(300).optional(),
  /** SLOs of the components of this domain. */
  domain: z.string().max(300).optional(),
  state: z.preprocess(
    value => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(sloStateSchema).optional(),
  ),
  /** Only those of which an alert fires: of this severity, or `any`. */
  firing: z.enum(['any', 'page', 'ticket']).optional(),
  text: z.string().max(200).optional(),
});

/**
 * Which SLOs are meant.
 *
 * @public
 */
export type SloFilter = z.infer<typeof sloFilterSchema>;

/**
 * Shape of a filter over SLO statuses with order and page.
 *
 * @public
 */
export const sloQuerySchema = pageQuerySchema.extend(sloFilterSchema.shape);

/**
 * `orderBy` is `remaining` (default: worst first), `burnRate`, `entityRef` or
 * `lastDataAt`, with `,desc` behind it to turn it round.
 *
 * @public
 */
export type SloQuery = z.infer<typeof sloQuerySchema>;

/**
 * Shape of the counts of SLOs by state.
 *
 * @public
 */
export const sloSummarySchema = z.object({
  total: z.number().int(),
  byState: z.record(sloStateSchema, z.number().int()),
  /** How many of those in the states asked for have an alert that fires. */
  firing: z.number().int().optional(),
});

/**
 * Shape of a question for SLOs added up.
 *
 * @public
 */
export const sloRollupQuerySchema = sloFilterSchema.extend({
  /** Default: team. */
  groupBy: z.enum(['team', 'system', 'domain']).optional(),
});

/**
 * Which SLOs are added up, and by what.
 *
 * @public
 */
export type SloRollupQuery = z.infer<typeof sloRollupQuerySchema>;

/**
 * Shape of SLOs added up by team, system or domain.
 *
 * @public
 */
export const sloRollupSchema = z.object({
  items: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      /** For teams: the group above, to draw the tree; absent at the top. */
      parent: z.string().optional(),
      /** SLOs of it and, for a team, of the groups below; each counts once. */
      slos: z.number().int(),
      byState: z.record(sloStateSchema, z.number().int()),
      /** Mean remaining budget of those of which it is known; absent without. */
      meanRemaining: z.number().optional(),
      /** The least remaining budget among them; absent where none is known. */
      worstRemaining: z.number().optional(),
      /** Of how many SLOs the remaining budget is known. */
      known: z.number().int(),
      /** SLOs of which an alert fires, by its highest severity. */
      firing: z.object({ page: z.number().int(), ticket: z.number().int() }),
      /**
       * SLOs of the group that the caller may not see, of the team, system and
       * domain that are asked for; the rest of the filter does not change it.
       */
      hidden: z.number().int(),
    }),
  ),
  /** SLOs that belong to no team, system or domain, and so to no item. */
  ungrouped: z.number().int(),
});

/**
 * SLOs added up by team with all groups above it, by system or by domain.
 * Budgets have a mean, burn rates never: those of two SLOs are no measure of
 * the same thing.
 *
 * @public
 */
export type SloRollup = z.infer<typeof sloRollupSchema>;

/**
 * Shape of the part that a member has in a composite SLO.
 *
 * @public
 */
export const sloMemberPartSchema = z.object({
  entityRef: z.string(),
  slo: z.string(),
  title: z.string(),
  /** As written, above 0. */
  weight: z.number(),
  /** Share of the composite it stands for; absent where it is left out. */
  share: ratio.optional(),
  /** Its SLI over the window of the composite. */
  sli: ratio.optional(),
  /** How much of the SLI of the composite is lost through it: share x (1 - SLI). */
  lost: ratio.optional(),
  /** Why it is left out. */
  reason: z.string().optional(),
});

/**
 * The part that a member has in a composite SLO.
 *
 * @public
 */
export type SloMemberPart = z.infer<typeof sloMemberPartSchema>;

/**
 * Shape of one SLO with its definition.
 *
 * @public
 */
export const sloDetailSchema = z.object({
  status: sloStatusSchema,
  indicator: z
    .object({
      good: z.string().optional(),
      bad: z.string().optional(),
      total: z.string().optional(),
      /** True: metrics that only go up; false: their value is what counts. */
      counter: z.boolean().optional(),
      raw: z
        .object({ query: z.string(), type: z.enum(['success', 'failure']) })
        .optional(),
      threshold: z
        .object({
          query: z.string(),
          op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
          value: z.number().optional(),
        })
        .optional(),
      dataSource: z.string().optional(),
      type: z.string().optional(),
    })
    .optional(),
  /** Of a composite SLO: its members that the caller may see. */
  members: z.array(sloMemberPartSchema).optional(),
  /** How many members the caller may not see; absent where none. */
  hiddenMembers: z.number().int().optional(),
  origin: z.object({ entityRef: z.string(), path: z.string() }),
  warnings: z.array(z.string()),
  /** Actions of the error-budget policy that apply now, worst first. */
  policyActions: z.array(policyActionSchema),
  runbooks: z.array(
    z.object({ id: z.string(), title: z.string(), url: z.string() }),
  ),
});

/**
 * One SLO with its definition and what its policy asks for now.
 *
 * @public
 */
export type SloDetail = z.infer<typeof sloDetailSchema>;

/**
 * Shape of what was found of SLOs that are recorded already, by server.
 *
 * @public
 */
export const sloDiscoverySchema = z.object({
  items: z.array(
    z.object({
      /** Source and server: `prometheus/main`. */
      discoveredBy: z.string(),
      /** The last success; absent where there was none. */
      lookedAt: timestampSchema.optional(),
      /** How many of its SLOs are taken over. */
      assigned: z.number().int().min(0).optional(),
      /** What belongs to no component, each with the reason. */
      unassigned: z.array(
        z.object({
          /** As its author named it; absent where it has no name to show. */
          slo: z.string().optional(),
          reason: z.string(),
          /** Where it was found: `Sloth, discovered at server main`. */
          place: z.string().optional(),
          /** Above 0 and below 1. */
          objective: z.number().optional(),
          /** What its labels name as the component, where they do. */
          component: z.string().optional(),
          /**
           * The component it would be of, were it not for one of the same name
           * that this component has already.
           */
          entityRef: z.string().optional(),
          /**
           * What a component claims it with, as the value of its annotation
           * `service-ownership.io/slo-selector`; absent where that would not
           * help.
           */
          selector: z.string().optional(),
        }),
      ),
      /** Why the last attempt failed; what was found before stays. */
      error: z.string().optional(),
    }),
  ),
});

/**
 * What was found of SLOs that are recorded already.
 *
 * @public
 */
export type SloDiscovery = z.infer<typeof sloDiscoverySchema>;

/**
 * Shape of the events of an SLO over time.
 *
 * @public
 */
export const sloHistorySchema = z.object({
  stepSeconds: z.number().int(),
  points: z.array(
    z.object({
      start: timestampSchema,
      good: z.number(),
      total: z.number(),
      /** Share of the step with data; 0 is "no data", not "no traffic". */
      coverage: ratio,
      /** What the budget counts, where that is not events: slices and how many of them are bad. */
      slices: z.object({ count: z.number(), bad: z.number() }).optional(),
      /** Seconds of the step that are excluded; absent where none are. */
      excludedSeconds: z.number().optional(),
    }),
  ),
  /** What of the range does not count, and why. */
  exclusions: z
    .array(
      z.object({
        id: z.string(),
        from: timestampSchema,
        to: timestampSchema,
        reason: z.string(),
      }),
    )
    .optional(),
  markers: z.array(
    z.object({
      at: timestampSchema,
      /** `deployment`, `rolledback`, `removed`, `failed` (deployment), `incident`, `alert` and others to come. */
      kind: z.string(),
      title: z.string(),
      url: z.string().optional(),
      /** Where it lasted: when it ended. */
      until: timestampSchema.optional(),
      /** True for an incident that is not over. */
      open: z.boolean().optional(),
    }),
  ),
});

/**
 * Good and total events of an SLO in equal steps, with what happened meanwhile.
 *
 * @public
 */
export type SloHistory = z.infer<typeof sloHistorySchema>;

/**
 * Shape of a pushed sample; `checkSample` says what is accepted.
 *
 * @public
 */
export const sliSampleSchema = z.object({
  entityRef: z.string().max(300),
  slo: z.string().max(200),
  start: z.string().max(40),
  durationSeconds: z.number(),
  good: z.number(),
  total: z.number(),
});

/**
 * Good and total events of one SLO in one stretch of time.
 *
 * @public
 */
export type SliSample = z.infer<typeof sliSampleSchema>;

/**
 * Shape of a push: 1 to 10,000 samples and a key of 1 to 200 characters.
 *
 * @public
 */
export const sliPushSchema = z.object({
  samples: z.array(sliSampleSchema).min(1).max(10_000),
  idempotencyKey: z.string().min(1).max(200),
});

/**
 * Samples that are pushed together, and the key by which a repetition is known.
 *
 * @public
 */
export type SliPush = z.infer<typeof sliPushSchema>;

/**
 * Shape of the answer to a push.
 *
 * @public
 */
export const sliPushResultSchema = z.object({
  accepted: z.number().int(),
  /** True where this idempotency key was seen before: nothing was written again. */
  replayed: z.boolean(),
  rejected: z.array(z.object({ index: z.number().int(), message: z.string() })),
});

/**
 * How many samples were stored, and which were not and why.
 *
 * @public
 */
export type SliPushResult = z.infer<typeof sliPushResultSchema>;
