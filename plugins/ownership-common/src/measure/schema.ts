import { z } from 'zod';
import { entityRefSchema, pageQuerySchema, timestampSchema } from '../api';

/**
 * Shape of what `POST /events` takes: one event, or a batch of at most 1,000.
 * Each event is checked by itself, so that one that is wrong stops no other.
 *
 * @public
 */
export const eventsBodySchema = z.union([
  z.array(z.unknown()).min(1).max(1000),
  z.record(z.string(), z.unknown()),
]);

/**
 * Shape of the answer to events, in their order.
 *
 * @public
 */
export const eventsResultSchema = z.object({
  results: z.array(
    z.object({
      /** Id of the event, as far as it has one. */
      id: z.string().optional(),
      /**
       * `stored` now; `duplicate` of one that was stored before; `ignored`, as
       * it says nothing here; `unmapped` to a component; `invalid`.
       */
      status: z.enum(['stored', 'duplicate', 'ignored', 'unmapped', 'invalid']),
      /** Why it was not stored, or what is special about it. */
      reason: z.string().optional(),
      /** The component it was stored for. */
      entityRef: z.string().optional(),
    }),
  ),
});

/**
 * What became of each event.
 *
 * @public
 */
export type EventsResult = z.infer<typeof eventsResultSchema>;

/**
 * Shape of a pushed measurement; `checkMeasurement` says what is accepted.
 *
 * @public
 */
export const pushedMeasurementSchema = z.object({
  entityRef: z.string().max(300),
  measure: z.string().max(100),
  value: z.number(),
  unit: z.string().max(100),
  currency: z.string().max(20).optional(),
  period: z.object({ start: z.string().max(40), end: z.string().max(40) }),
  source: z.string().max(500),
});

/**
 * A measurement as it is pushed.
 *
 * @public
 */
export type PushedMeasurement = z.infer<typeof pushedMeasurementSchema>;

/**
 * Shape of a push of measurements: 1 to 5,000. Each is checked by itself.
 *
 * @public
 */
export const measurementsBodySchema = z.object({
  measurements: z.array(z.unknown()).min(1).max(5000),
});

/**
 * Shape of the answer to a push of measurements.
 *
 * @public
 */
export const measurementsResultSchema = z.object({
  accepted: z.number().int(),
  rejected: z.array(z.object({ index: z.number().int(), message: z.string() })),
});

/**
 * How many measurements were stored, and which were not and why.
 *
 * @public
 */
export type MeasurementsResult = z.infer<typeof measurementsResultSchema>;

const amount = z.object({ currency: z.string(), amount: z.number() });

/**
 * Shape of what an import of costs found.
 *
 * @public
 */
export const focusResultSchema = z.object({
  /** Charges in the file. */
  rows: z.number().int(),
  /** Charges that belong to a component. */
  matched: z.number().int(),
  /** Components that got a cost. */
  entities: z.number().int(),
  /** Months in the file, each replaced as a whole for this source. */
  months: z.array(z.string()),
  /** By currency: what belongs to a component. */
  matchedAmounts: z.array(amount),
  /** By currency: what belongs to none. With `matchedAmounts` it is all of the file but its errors. */
  unmatchedAmounts: z.array(amount),
  /** The largest of it, by the tags of the charge and why nobody got it. */
  unmatched: z.array(
    amount.extend({
      tags: z.string(),
      reason: z.string(),
      rows: z.number().int(),
    }),
  ),
  /** Charges that could not be read. */
  errorCount: z.number().int(),
  /** The first hundred of them, by line of the file. */
  errors: z.array(z.object({ line: z.number().int(), message: z.string() })),
});

/**
 * What an import of costs found: nothing in the file is lost silently.
 *
 * @public
 */
export type FocusResult = z.infer<typeof focusResultSchema>;

/**
 * Shape of what a component cost in a month.
 *
 * @public
 */
export const monthlyCostSchema = z.object({
  month: z.string(),
  currency: z.string(),
  amount: z.number(),
  /** Of the contract, where it is in the same currency. */
  budget: z.number().optional(),
  /** True for the month that still runs. */
  running: z.boolean(),
  /** Share of the month, as far as it has passed, that was measured; 0..1. */
  coverage: z.number().optional(),
});

/**
 * Shape of a measure with its value for one component.
 *
 * @public
 */
export const entityMeasureSchema = z.object({
  id: z.string(),
  code: z.string().optional(),
  title: z.string(),
  unit: z.string(),
  direction: z.enum(['higher', 'lower']),
  /** A target to start with, in the unit; for cost the budget. */
  target: z.number().optional(),
  gotcha: z.string(),
  origin: z.enum(['slo', 'events', 'measurements']),
  /** Absent where nothing is known; `reason` says why. */
  value: z.number().optional(),
  currency: z.string().optional(),
  median: z.number().optional(),
  reason: z.string().optional(),
  /** Name of the SLO the value is of, or who measured it. */
  source: z.string().optional(),
  period: z.object({ start: timestampSchema, end: timestampSchema }).optional(),
  /** What the value rests on: deployments, incidents. */
  counted: z.number().int().optional(),
  /** How many there were. */
  of: z.number().int().optional(),
  /** Incidents that are not over; never in the value. */
  open: z.number().int().optional(),
  /** Share of the period that was measured; 0..1. */
  coverage: z.number().optional(),
});

/**
 * A measure of one component: an absent value is not known, and never 0.
 *
 * @public
 */
export type EntityMeasure = z.infer<typeof entityMeasureSchema>;

/**
 * Shape of the measures of a component.
 *
 * @public
 */
export const entityMeasuresSchema = z.object({
  entityRef: entityRefSchema,
  period: z.object({ from: timestampSchema, to: timestampSchema }),
  /** How long after a deployment an incident is laid to it, in seconds. */
  failureWindowSeconds: z.number(),
  items: z.array(entityMeasureSchema),
  costs: z.array(monthlyCostSchema),
  /** Of the period, latest first, at most 50. */
  deployments: z.array(
    z.object({
      at: timestampSchema,
      kind: z.enum([
        'deployed',
        'upgraded',
        'rolledback',
        'removed',
        'published',
      ]),
      outcome: z.enum(['success', 'failure']),
      environment: z.string().optional(),
      version: z.string().optional(),
      url: z.string().optional(),
      /** Why it counts as a failed change. */
      failure: z.enum(['failure', 'rollback', 'incident']).optional(),
      /** False where it was not in production: it is not in any value. */
      counts: z.boolean(),
    }),
  ),
  /** Of the period, latest first, at most 50. */
  incidents: z.array(
    z.object({
      title: z.string().optional(),
      startedAt: timestampSchema.optional(),
      detectedAt: timestampSchema.optional(),
      reportedAt: timestampSchema.optional(),
      mitigatedAt: timestampSchema.optional(),
      resolvedAt: timestampSchema.optional(),
      environment: z.string().optional(),
      url: z.string().optional(),
      counts: z.boolean(),
    }),
  ),
});

/**
 * The measures of a component over a period, with what they are made of.
 *
 * @public
 */
export type EntityMeasures = z.infer<typeof entityMeasuresSchema>;

/**
 * Which components a list of measures is about.
 *
 * @public
 */
export const measureShowSchema = z.enum([
  'deployments',
  'failures',
  'incidents',
  'open-incidents',
  'cost',
  'over-budget',
  'toil-hours',
  'security-findings',
  'observability-coverage',
]);

/**
 * Which components a list of measures is about.
 *
 * @public
 */
export type MeasureShow = z.infer<typeof measureShowSchema>;

/**
 * Shape of a query over the components behind a measure.
 *
 * @public
 */
export const measuredQuerySchema = pageQuerySchema
  .omit({ orderBy: true })
  .extend({
    show: measureShowSchema,
    team: z.string().max(300).optional(),
    /** Length of the period in days; 30 unless told. */
    days: z.coerce.number().int().min(1).max(400).optional(),
    /** For cost: only this currency. */
    currency: z.string().max(3).optional(),
  });

/**
 * Which components behind a measure are asked for.
 *
 * @public
 */
export type MeasuredQuery = z.infer<typeof measuredQuerySchema>;

/**
 * Shape of one component behind a measure.
 *
 * @public
 */
export const measuredEntitySchema = z.object({
  entityRef: entityRefSchema,
  title: z.string().optional(),
  ownerRefs: z.array(z.string()),
  /** What the list is ordered by, largest first; in the unit of what is shown. */
  value: z.number(),
  currency: z.string().optional(),
  /** For shares: what the value is a part of. For cost: the budget. */
  of: z.number().optional(),
});

/**
 * One component behind a measure.
 *
 * @public
 */
export type MeasuredEntity = z.infer<typeof measuredEntitySchema>;

/**
 * Shape of costs added up in one currency.
 *
 * @public
 */
export const costTotalSchema = z.object({
  currency: z.string(),
  /** What was measured in the month. */
  amount: z.number(),
  /** Components with a cost. */
  entities: z.number().int(),
  /** The part of it that components with a budget cost. */
  budgeted: z.number(),
  /** Budgets of the components that have a cost. */
  budget: z.number(),
  /** Components that cost more than their budget. */
  over: z.number().int(),
});

/**
 * Costs in one currency; others are never added to it.
 *
 * @public
 */
export type CostTotal = z.infer<typeof costTotalSchema>;

/**
 * Shape of deployments and incidents added up.
 *
 * @public
 */
export const deliveryTotalSchema = z.object({
  /** Deployments to production that came through. */
  deployments: z.number().int(),
  /** Those that ended in a rollback or an incident. */
  failures: z.number().int(),
  /** failures / deployments; absent where there was no deployment. */
  changeFailureRate: z.number().optional(),
  incidents: z.number().int(),
  /** Incidents that are not over. */
  openIncidents: z.number().int(),
});

/**
 * Shape of the measures of every team.
 *
 * @public
 */
export const measureRollupSchema = z.object({
  period: z.object({ from: timestampSchema, to: timestampSchema }),
  /** The month costs and toil are of: the last complete one. */
  month: z.string(),
  items: z.array(
    deliveryTotalSchema.extend({
      ref: z.string(),
      title: z.string(),
      parent: z.string().optional(),
      /** Components, each once however many of the groups below own it. */
      entities: z.number().int(),
      costs: z.array(costTotalSchema),
      /** What was pushed, by measure, with how many components it is of. */
      measures: z.array(
        z.object({
          measure: z.string(),
          value: z.number(),
          entities: z.number().int(),
        }),
      ),
    }),
  ),
  /** Components left out because the caller may not see them. */
  hidden: z.number().int(),
});

/**
 * The measures of every team, itself and the groups below it.
 *
 * @public
 */
export type MeasureRollup = z.infer<typeof measureRollupSchema>;

/**
 * Shape of what the overview says of cost, deployments and incidents.
 *
 * @public
 */
export const measureTotalsSchema = deliveryTotalSchema.extend({
  /** The month costs are of: the last complete one. */
  month: z.string(),
  costs: z.array(costTotalSchema),
});

/**
 * Cost, deployments and incidents of a part of the organisation.
 *
 * @public
 */
export type MeasureTotals = z.infer<typeof measureTotalsSchema>;
