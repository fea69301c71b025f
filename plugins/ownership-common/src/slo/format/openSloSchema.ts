import { z } from 'zod';

/** Either this or that, in the words of zod and of JSON Schema. */
function exactlyOne<T extends z.ZodObject>(schema: T, names: string[]) {
  return schema
    .refine(
      value => names.filter(name => value[name] !== undefined).length === 1,
      `needs one of ${names.join(', ')}, and only one`,
    )
    .meta({ oneOf: names.map(name => ({ required: [name] })) });
}

const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,5}[mhdwMQY]$/)
  .describe('A whole number with m (minutes), h, d, w, M (months), Q or Y.');
const name = z
  .string()
  .min(1)
  .max(255)
  .describe('Name of the object: lower-case letters, digits and dashes.');
const description = z.string().max(1050).optional();
const anything = z.record(z.string(), z.unknown());

const metadata = z
  .strictObject({
    name,
    displayName: z.string().optional().describe('What people call it.'),
    namespace: z
      .string()
      .optional()
      .describe('Of the catalog, not of OpenSLO.'),
    title: z.string().optional().describe('Of the catalog, not of OpenSLO.'),
    tags: z.array(z.string()).optional(),
    labels: z
      .record(z.string(), z.union([z.string(), z.array(z.string())]))
      .optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  })
  .describe('Name, labels and annotations.');

const metric = z.strictObject({
  metricSource: z
    .strictObject({
      metricSourceRef: z.string().optional().describe('Name of a DataSource.'),
      type: z.string().optional().describe('prometheus, …'),
      spec: anything.describe('What the source is asked: query.'),
    })
    .describe('Where the numbers come from.'),
});

const ratioMetric = z
  .strictObject({
    counter: z
      .boolean()
      .optional()
      .describe('True: metrics that only go up. False: gauges.'),
    good: metric.optional(),
    bad: metric.optional(),
    total: metric.optional(),
    rawType: z.enum(['success', 'failure']).optional(),
    raw: metric.optional(),
  })
  .refine(
    ({ good, bad, total, raw, rawType }) =>
      raw
        ? rawType !== undefined && !good && !bad && !total
        : total !== undefined && (good === undefined) !== (bad === undefined),
    'needs total and one of good and bad, or raw and rawType',
  )
  .meta({
    oneOf: [
      { required: ['total', 'good'], not: { required: ['bad'] } },
      { required: ['total', 'bad'], not: { required: ['good'] } },
      { required: ['raw', 'rawType'], not: { required: ['total'] } },
    ],
  });

const sliSpec = exactlyOne(
  z.strictObject({
    description,
    thresholdMetric: metric.optional(),
    ratioMetric: ratioMetric.optional(),
  }),
  ['thresholdMetric', 'ratioMetric'],
);
const indicator = z
  .strictObject({ metadata: metadata.optional(), spec: sliSpec })
  .describe('An SLI that is written in place.');

const timeWindow = z
  .array(
    z.strictObject({
      duration,
      isRolling: z.boolean().optional(),
      calendar: z
        .strictObject({
          startTime: z
            .string()
            .describe('2026-01-01 00:00:00, without a zone.'),
          timeZone: z.string().describe('IANA zone.'),
        })
        .optional(),
    }),
  )
  .length(1)
  .describe('One window, rolling or by the calendar.');

const objective = exactlyOne(
  z.strictObject({
    displayName: z.string().optional(),
    op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
    value: z.number().optional().describe('Limit of a thresholdMetric.'),
    target: z.number().gt(0).lt(1).optional().describe('For example 0.999.'),
    targetPercent: z
      .number()
      .gt(0)
      .lt(100)
      .optional()
      .describe('For example 99.9.'),
    timeSliceTarget: z.number().gt(0).max(1).optional(),
    timeSliceWindow: z
      .union([duration, z.number().int().positive()])
      .optional(),
    indicator: indicator.optional(),
    indicatorRef: z.string().optional(),
    compositeWeight: z
      .number()
      .gt(0)
      .max(1e6)
      .optional()
      .describe('Makes the SLO a composite; 1 where others have one.'),
    sloRef: z
      .union([
        z.string(),
        z.strictObject({ entityRef: z.string().optional(), slo: z.string() }),
      ])
      .optional()
      .describe(
        'Another SLO as a member of a composite. Not OpenSLO: read by Service Ownership.',
      ),
  }),
  ['target', 'targetPercent'],
);

const lookback = { lookbackWindow: duration, alertAfter: duration.optional() };
const conditionSpec = z.strictObject({
  description,
  severity: z.string().describe('page wakes somebody; else a ticket.'),
  condition: z.strictObject({
    kind: z.literal('burnrate'),
    op: z.enum(['lte', 'gte', 'lt', 'gt']),
    threshold: z.number(),
    ...lookback,
  }),
});
const targetSpec = z.strictObject({
  description,
  target: z.string().describe('email, slack, …'),
});
const policySpec = z.strictObject({
  description,
  alertWhenNoData: z.boolean().optional(),
  alertWhenResolved: z.boolean().optional(),
  alertWhenBreaching: z.boolean().optional(),
  conditions: z
    .array(
      z.union([
        z.strictObject({ conditionRef: z.string() }),
        z.strictObject({
          kind: z.literal('AlertCondition'),
          metadata,
          spec: conditionSpec,
        }),
      ]),
    )
    .length(1),
  notificationTargets: z
    .array(
      z.union([
        z.strictObject({ targetRef: z.string() }),
        z.strictObject({
          kind: z.literal('AlertNotificationTarget'),
          metadata,
          spec: targetSpec,
        }),
      ]),
    )
    .optional(),
});

const sloSpec = z
  .strictObject({
    description,
    service: z.string().optional().describe('The component it is for.'),
    indicator: indicator.optional(),
    indicatorRef: z.string().optional().describe('Name of an SLI.'),
    timeWindow: timeWindow.optional(),
    budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
    objectives: z.array(objective).min(1).max(20),
    alertPolicies: z
      .array(
        z.union([
          z.string(),
          z.strictObject({ alertPolicyRef: z.string() }),
          z.strictObject({
            kind: z.literal('AlertPolicy'),
            metadata,
            spec: policySpec,
          }),
        ]),
      )
      .max(20)
      .optional(),
    owner: z.string().optional().describe('Of the catalog, not of OpenSLO.'),
    system: z.string().optional().describe('Of the catalog, not of OpenSLO.'),
  })
  .describe('What is promised, how it is measured and over which time.');

function object<K extends string, S extends z.ZodType>(kind: K, spec: S) {
  return z.strictObject({
    apiVersion: z.literal('openslo/v1'),
    kind: z.literal(kind),
    metadata,
    spec,
  });
}

/**
 * Shape of an OpenSLO v1 object: SLO, SLI, Service, DataSource, AlertPolicy,
 * AlertCondition or AlertNotificationTarget.
 *
 * @internal
 */
export const openSloSchema = z.discriminatedUnion('kind', [
  object('SLO', sloSpec),
  object('SLI', sliSpec),
  object('Service', z.strictObject({ description })),
  object(
    'DataSource',
    z.strictObject({
      description,
      type: z.string(),
      connectionDetails: z.union([anything, z.array(anything)]).optional(),
    }),
  ),
  object('AlertPolicy', policySpec),
  object('AlertCondition', conditionSpec),
  object('AlertNotificationTarget', targetSpec),
]);
