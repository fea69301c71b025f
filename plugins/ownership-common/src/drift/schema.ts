import { z } from 'zod';
import { entityRefSchema, pageQuerySchema, timestampSchema } from '../api';
import { findingMaySchema, pendingWaiverSchema } from './handlingSchema';

/**
 * Shape of a severity, the worst first.
 *
 * @public
 */
export const severitySchema = z.enum(['critical', 'high', 'medium', 'low']);

/**
 * How much a failing rule matters.
 *
 * @public
 */
export type Severity = z.infer<typeof severitySchema>;

/**
 * Shape of an ownership state.
 *
 * @public
 */
export const ownershipStateSchema = z.enum([
  'owned',
  'at-risk',
  'orphaned',
  'unknown',
]);

/**
 * The verdict on one component.
 *
 * @public
 */
export type OwnershipState = z.infer<typeof ownershipStateSchema>;

/**
 * Shape of one observation behind a verdict.
 *
 * @public
 */
export const evidenceSchema = z.object({
  /** What was looked at: "Declared owner". */
  label: z.string(),
  /** What was found there. Plain text, never markup. */
  value: z.string(),
  /** Where it was found: "catalog", "contract", "SLI store" … */
  source: z.string(),
  url: z.string().optional(),
  /** Canonical ref that was found there, where the rule is about one; at most 300 characters. */
  ref: z.string().optional(),
});

/**
 * One observation behind a verdict.
 *
 * @public
 */
export type Evidence = z.infer<typeof evidenceSchema>;

/**
 * Shape of the state of a finding.
 *
 * @public
 */
export const findingStateSchema = z.enum([
  'open',
  'acknowledged',
  'snoozed',
  'waived',
  'closed',
]);

/**
 * Where a finding is in its life. All but `closed` stand: the rule still fails.
 *
 * @public
 */
export type FindingState = z.infer<typeof findingStateSchema>;

/**
 * Shape of a waiver.
 *
 * @public
 */
export const waiverSchema = z.object({
  reason: z.string(),
  requestedBy: entityRefSchema,
  approvedBy: entityRefSchema.optional(),
  expiresAt: timestampSchema,
});

/**
 * Why a finding is accepted, by whom, and until when.
 *
 * @public
 */
export type Waiver = z.infer<typeof waiverSchema>;

/**
 * Shape of a finding.
 *
 * @public
 */
export const findingSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  severity: severitySchema,
  state: findingStateSchema,
  entityRef: entityRefSchema,
  entityTitle: z.string().optional(),
  ownerRefs: z.array(z.string()),
  message: z.string(),
  remediation: z.string(),
  evidence: z.array(evidenceSchema),
  firstSeenAt: timestampSchema,
  lastSeenAt: timestampSchema,
  closedAt: timestampSchema.optional(),
  /** `passed`, `entity-removed`, `rule-disabled`, … */
  closedReason: z.string().optional(),
  reopenedCount: z.number().int().min(0),
  snoozedUntil: timestampSchema.optional(),
  acknowledgedBy: entityRefSchema.optional(),
  waiver: waiverSchema.optional(),
  /** A waiver somebody asked for and nobody decided on yet. */
  waiverRequest: pendingWaiverSchema.optional(),
  /** The person or group it was handed to. */
  assignee: entityRefSchema.optional(),
  /** What the caller may do with it; only where one finding or one entity was asked for. */
  may: findingMaySchema.optional(),
});

/**
 * A rule that fails for one component, with its history.
 *
 * @public
 */
export type Finding = z.infer<typeof findingSchema>;

/**
 * Shape of an entry of the time line of a finding.
 *
 * @public
 */
export const findingEventSchema = z.object({
  at: timestampSchema,
  /**
   * `opened`, `closed`, `reopened`, `changed`, `acknowledged`, `snoozed`, `snooze-ended`,
   * `waived`, `waiver-requested`, `waiver-approved`, `waiver-rejected`,
   * `waiver-withdrawn`, `waiver-expired`, `assigned`, `commented`, `comment-deleted`.
   */
  type: z.string(),
  /** Who did it; absent where the scan did. */
  by: entityRefSchema.optional(),
  detail: z.string().optional(),
  /** Of a comment of the caller's own: what it is deleted by. */
  id: z.string().optional(),
});

/**
 * One entry of a finding's time line.
 *
 * @public
 */
export type FindingEvent = z.infer<typeof findingEventSchema>;

/**
 * Shape of a finding with its rule and its time line.
 *
 * @public
 */
export const findingDetailSchema = findingSchema.extend({
  rule: z.object({
    title: z.string(),
    why: z.string(),
    fix: z.string(),
    docsUrl: z.string().optional(),
  }),
  events: z.array(findingEventSchema),
  /** YAML to put into the catalog file, where the fix is one. */
  patch: z.string().optional(),
  /** The owner the patch names, where it is a suggestion: how sure (0..1) and why. */
  suggestedOwner: z
    .object({
      ref: z.string(),
      title: z.string(),
      confidence: z.number(),
      reason: z.string(),
    })
    .optional(),
});

/**
 * A finding with its rule, its time line and, where there is one, the patch
 * that mends it.
 *
 * @public
 */
export type FindingDetail = z.infer<typeof findingDetailSchema>;

const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    value => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(100).optional(),
  );

/**
 * Shape of a filter over findings; what is given must hold together.
 *
 * @public
 */
export const findingFilterSchema = z.object({
  /** Owning group or user; groups include everything below them. */
  team: z.string().max(300).optional(),
  /** Exactly this owner ref, resolving or not. */
  ownerRef: z.string().max(300).optional(),
  entityRef: entityRefSchema.optional(),
  rule: oneOrMany(z.string().max(100)),
  severity: oneOrMany(severitySchema),
  tier: oneOrMany(z.string().max(100)),
  kind: oneOrMany(z.string().max(100)),
  /** State of the finding; without it `open` and `acknowledged`. */
  findingState: oneOrMany(findingStateSchema),
  /** State of the component. */
  state: oneOrMany(ownershipStateSchema),
  /** First seen at or after. */
  openedSince: timestampSchema.optional(),
  /** Closed at or after; implies the state `closed`. */
  closedSince: timestampSchema.optional(),
  /** Handed to exactly this person or group; `none` for what was handed to nobody. */
  assignee: z.string().max(300).optional(),
  /** `requested`: only where a waiver waits for approval. */
  waiver: z.enum(['requested']).optional(),
  /** At least this many days old. */
  minAgeDays: z.coerce.number().min(0).optional(),
  /** First seen within this many days. */
  maxAgeDays: z.coerce.number().min(0).optional(),
  /** Words in the message, the entity's name or title. */
  text: z.string().max(200).optional(),
});

/**
 * Which findings are meant; what is given must hold together.
 *
 * @public
 */
export type FindingFilter = z.infer<typeof findingFilterSchema>;

/**
 * Shape of a filter over findings with order and page.
 *
 * @public
 */
export const findingQuerySchema = pageQuerySchema.extend(
  findingFilterSchema.shape,
);

/**
 * `orderBy` is one of `severity`, `firstSeenAt`, `entityRef`, `ruleId`, with
 * `,desc` behind it to turn it round. Default: worst first, then oldest.
 *
 * @public
 */
export type FindingQuery = z.infer<typeof findingQuerySchema>;

/**
 * Shape of what findings are grouped by.
 *
 * @public
 */
export const findingGroupBySchema = z.enum([
  'team',
  'rule',
  'severity',
  'tier',
  'ownerRef',
  'age',
]);

/**
 * What findings are counted by. Ages are the buckets of `ageBuckets`.
 *
 * @public
 */
export type FindingGroupBy = z.infer<typeof findingGroupBySchema>;

/**
 * Shape of the counts of findings by group.
 *
 * @public
 */
export const driftSummarySchema = z.object({
  groupBy: findingGroupBySchema,
  items: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      /** For owners: whether the ref is in the catalog. */
      resolves: z.boolean().optional(),
      /** For teams: the group above, where it has one. */
      parent: z.string().optional(),
      findings: z.number().int(),
      /** Distinct components with at least one of the findings. */
      components: z.number().int(),
      bySeverity: z.record(severitySchema, z.number().int()),
    }),
  ),
  totals: z.object({
    findings: z.number().int(),
    components: z.number().int(),
    byState: z.record(ownershipStateSchema, z.number().int()),
  }),
  /**
   * Components that the caller may not see, of the team of the filter or of
   * all. The rest of the filter does not change it: it would tell them apart.
   */
  hidden: z.number().int(),
});

/**
 * Findings and components counted by group, as far as the caller may see them.
 *
 * @public
 */
export type DriftSummary = z.infer<typeof driftSummarySchema>;

/**
 * Shape of the history of open findings and component states.
 *
 * @public
 */
export const driftHistorySchema = z.object({
  points: z.array(
    z.object({
      at: timestampSchema,
      open: z.number().int(),
      opened: z.number().int(),
      closed: z.number().int(),
      owned: z.number().int(),
      atRisk: z.number().int(),
      orphaned: z.number().int(),
      unknown: z.number().int(),
    }),
  ),
});

/**
 * Open findings and component states over time, one point a day and the
 * latest scan as the last point.
 *
 * @public
 */
export type DriftHistory = z.infer<typeof driftHistorySchema>;

/**
 * Shape of a tombstone.
 *
 * @public
 */
export const tombstoneSchema = z.object({
  entityRef: entityRefSchema,
  title: z.string().optional(),
  ownerRefs: z.array(z.string()),
  state: ownershipStateSchema,
  removedAt: timestampSchema,
  openFindings: z.number().int(),
  /** What removed it, if known. */
  removedBy: z.string().optional(),
});

/**
 * What is left of a component that went from the catalog: who owned it and when
 * it went.
 *
 * @public
 */
export type Tombstone = z.infer<typeof tombstoneSchema>;

/**
 * Shape of the state of a scan.
 *
 * @public
 */
export const scanStateSchema = z.enum([
  'queued',
  'running',
  'completed',
  'suspended',
  'failed',
  'cancelled',
]);

/**
 * Where a scan is: `queued` and `running` are under way, the others are ends.
 *
 * @public
 */
export type ScanState = z.infer<typeof scanStateSchema>;

/**
 * Shape of a scan.
 *
 * @public
 */
export const scanSchema = z.object({
  id: z.string(),
  state: scanStateSchema,
  /** Components looked at so far. */
  processed: z.number().int(),
  /** Components there are; 0 while not yet known. */
  total: z.number().int(),
  startedAt: timestampSchema,
  finishedAt: timestampSchema.optional(),
  opened: z.number().int(),
  reopened: z.number().int(),
  closed: z.number().int(),
  unchanged: z.number().int(),
  /** Who asked for it; absent for scheduled scans. */
  requestedBy: z.string().optional(),
  /** Why it was suspended, in words; for those who may see every component. */
  reason: z.string().optional(),
  /** Why it failed; for those who may see every component. */
  error: z.string().optional(),
});

/**
 * One look at the whole catalog: how far it is, or how it ended and what it
 * changed.
 *
 * @public
 */
export type Scan = z.infer<typeof scanSchema>;

/**
 * Shape of a rule as people read it.
 *
 * @public
 */
export const ruleDescriptionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Why it matters, in a sentence or two. */
  why: z.string(),
  /** How to fix it. */
  fix: z.string(),
  severity: severitySchema,
  enabled: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
  docsUrl: z.string().optional(),
  /** Open findings of this rule, as far as the caller may see them. */
  openFindings: z.number().int().optional(),
  /** A catalog-info.yaml or contract snippet that passes. */
  example: z.string().optional(),
  /** The filter predicate of the entities it is asked of; absent where of all. */
  appliesTo: z.unknown().optional(),
  /** True if a component that fails it has nobody who answers for it. */
  orphans: z.boolean().optional(),
  /** Where it comes from; absent for one that is built in or brought by a module. */
  origin: z.enum(['configuration']).optional(),
  /**
   * There while the rule breaks, for those who may see every component: on how
   * many it did in the last scan.
   */
  broken: z
    .object({ components: z.number().int(), message: z.string() })
    .optional(),
});

/**
 * A rule as configured in this portal, in words.
 *
 * @public
 */
export type RuleDescription = z.infer<typeof ruleDescriptionSchema>;

/**
 * Shape of a request to waive a finding: a reason of 3 to 2000 characters and
 * an end.
 *
 * @public
 */
export const waiverRequestSchema = z.object({
  reason: z.string().trim().min(3).max(2000),
  expiresAt: timestampSchema,
});

/**
 * Why a finding is to be accepted, and until when.
 *
 * @public
 */
export type WaiverRequest = z.infer<typeof waiverRequestSchema>;

/**
 * Shape of a request to acknowledge or snooze a finding.
 *
 * @public
 */
export const acknowledgementRequestSchema = z.object({
  comment: z.string().max(2000).optional(),
  /** With a time the finding is snoozed until then. */
  snoozeUntil: timestampSchema.optional(),
});

/**
 * That somebody is on a finding or, with `snoozeUntil`, that it is to rest
 * until then.
 *
 * @public
 */
export type AcknowledgementRequest = z.infer<
  typeof acknowledgementRequestSchema
>;

/**
 * Shape of the verdicts as the catalog processor reads them.
 *
 * @public
 */
export const verdictSnapshotSchema = z.object({
  /** Start of the scan the verdicts come from; absent before the first scan. */
  scannedAt: timestampSchema.optional(),
  /** Refs of all components that are not `owned`, by state. */
  refs: z.object({
    'at-risk': z.array(z.string()),
    orphaned: z.array(z.string()),
    unknown: z.array(z.string()),
  }),
});

/**
 * The verdicts as the catalog processor reads them.
 *
 * @public
 */
export type VerdictSnapshot = z.infer<typeof verdictSnapshotSchema>;

/**
 * Shape of the format of a report.
 *
 * @public
 */
export const reportFormatSchema = z.enum([
  'csv',
  'json',
  'ndjson',
  'markdown',
  'sarif',
  'junit',
  'html',
]);

/**
 * The format of a downloaded report.
 *
 * @public
 */
export type ReportFormat = z.infer<typeof reportFormatSchema>;

/**
 * Shape of a filter over findings with the format of the report.
 *
 * @public
 */
export const reportQuerySchema = findingFilterSchema.extend({
  format: reportFormatSchema,
});
