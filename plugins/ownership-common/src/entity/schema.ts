import { z } from 'zod';
import { entityRefSchema, timestampSchema } from '../api';
import { effectiveContractSchema, problemSchema } from '../contract';
import { findingSchema, ownershipStateSchema } from '../drift';
import { handoverBriefSchema } from '../handover';
import { runbookSchema } from '../runbook';
import { scorecardResultSchema } from '../scorecard';
import { sloStateSchema, sloStatusSchema } from '../slo';

/**
 * Shape of an owner as shown.
 *
 * @public
 */
export const ownerSchema = z.object({
  ref: z.string(),
  title: z.string(),
  resolves: z.boolean(),
  memberCount: z.number().int(),
});

/**
 * An owner as shown; `resolves` is false where it is not in the catalog.
 *
 * @public
 */
export type Owner = z.infer<typeof ownerSchema>;

/**
 * Shape of a person as shown.
 *
 * @public
 */
export const personSchema = z.object({
  ref: z.string(),
  title: z.string(),
  email: z.string().optional(),
  picture: z.string().optional(),
  resolves: z.boolean(),
});

/**
 * A person as shown; `resolves` is false where they are not in the catalog.
 *
 * @public
 */
export type Person = z.infer<typeof personSchema>;

/**
 * Shape of who is on call.
 *
 * @public
 */
export const onCallSchema = z.object({
  /** `pagerduty`, `opsgenie`, `ical`, `static`, … */
  provider: z.string(),
  ref: z.string(),
  /** Who is on call now; empty where nobody is. */
  people: z.array(personSchema),
  /** When the present shift ends. */
  until: timestampSchema.optional(),
  url: z.string().optional(),
  /** Why it cannot be told who is on call, in words; then `people` says nothing. */
  unknownReason: z.string().optional(),
});

/**
 * The rotation of a component and who is on call in it.
 *
 * @public
 */
export type OnCall = z.infer<typeof onCallSchema>;

/**
 * Shape of everything the entity page shows.
 *
 * @public
 */
export const entityOwnershipSchema = z.object({
  entityRef: entityRefSchema,
  title: z.string().optional(),
  state: ownershipStateSchema,
  /** Since when it is in this state, as far as known. */
  stateSince: timestampSchema.optional(),
  /** Why the state is what it is, in one sentence. */
  stateReason: z.string().optional(),
  owners: z.array(ownerSchema),
  captain: personSchema.optional(),
  onCall: onCallSchema.optional(),
  /** The effective contract. */
  contract: effectiveContractSchema,
  contractStatus: z.enum([
    'missing',
    'valid',
    'invalid',
    'duplicate',
    'unreadable',
  ]),
  contractProblems: z.array(problemSchema),
  review: z
    .object({
      reviewedAt: z.string().optional(),
      reviewedBy: z.string().optional(),
      dueAt: timestampSchema.optional(),
      overdue: z.boolean(),
    })
    .optional(),
  findings: z.array(findingSchema),
  slos: z.array(sloStatusSchema),
  runbooks: z.array(runbookSchema),
  /** Areas the tier asks a runbook for that no runbook covers. */
  uncoveredAreas: z.array(z.string()),
  scorecards: z.array(scorecardResultSchema),
  /** Who is suggested as owner, best first, where the component is orphaned. */
  suggestedOwners: z
    .array(
      z.object({
        ref: z.string(),
        title: z.string(),
        confidence: z.number(),
        reason: z.string(),
        /** Kinds of the evidence; with `accepted` somebody agreed already. */
        signals: z.array(z.string()).optional(),
        /** YAML that makes it the owner. */
        patch: z.string().optional(),
      }),
    )
    .optional(),
  /** The open handover it is in; the old team still answers. */
  handover: handoverBriefSchema.optional(),
  /** A ready contract to copy, where there is none; YAML. */
  starterContract: z.string().optional(),
  /** Titles for every ref the answer names, so that a page needs no further call. */
  titles: z.record(z.string(), z.string()),
  /** When the scan last looked at it; absent before the first scan. */
  checkedAt: timestampSchema.optional(),
  /** What the caller may do here. */
  may: z.object({
    waive: z.boolean(),
    attest: z.boolean(),
    /** Propose to hand it over to another team. */
    handOver: z.boolean().optional(),
  }),
});

/**
 * Everything the entity page shows, in one round trip.
 *
 * @public
 */
export type EntityOwnership = z.infer<typeof entityOwnershipSchema>;

/**
 * What a badge may tell: who answers (`state`), how mature the ownership is
 * (`level`), how much error budget is left of the worst SLO (`budget`).
 *
 * @public
 */
export const badgeMetricSchema = z.enum(['state', 'level', 'budget']);

/**
 * What a badge tells.
 *
 * @public
 */
export type BadgeMetric = z.infer<typeof badgeMetricSchema>;

/**
 * Shape of a badge that may be put on a page outside the portal.
 *
 * @public
 */
export const badgeSchema = z.object({
  metric: badgeMetricSchema,
  /** Address of the picture; needs no token, and tells nothing of others. */
  url: z.string(),
  /** Ready for a README: the picture with a link to the portal's page. */
  markdown: z.string(),
});

/**
 * A badge of one component.
 *
 * @public
 */
export type Badge = z.infer<typeof badgeSchema>;

/**
 * Shape of a component in a list.
 *
 * @public
 */
export const entitySummarySchema = z.object({
  entityRef: entityRefSchema,
  title: z.string().optional(),
  kind: z.string(),
  tier: z.string().optional(),
  lifecycle: z.string().optional(),
  state: ownershipStateSchema,
  ownerRefs: z.array(z.string()),
  openFindings: z.number().int(),
  worstSeverity: z.string().optional(),
  level: z.string().optional(),
  worstSlo: z
    .object({
      slo: z.string(),
      state: sloStateSchema,
      remaining: z.number().optional(),
    })
    .optional(),
});

/**
 * A component in a list: owners, state and the worst of it.
 *
 * @public
 */
export type EntitySummary = z.infer<typeof entitySummarySchema>;

/**
 * Shape of the owners suggested for a component, best first.
 *
 * @public
 */
export const ownerSuggestionsSchema = z.object({
  items: entityOwnershipSchema.shape.suggestedOwners.unwrap(),
});

/**
 * The owners suggested for a component, best first.
 *
 * @public
 */
export type OwnerSuggestions = z.infer<typeof ownerSuggestionsSchema>;

/**
 * Shape of an answer to a suggested owner.
 *
 * @public
 */
export const ownerDecisionRequestSchema = z.object({
  /** Ref of the suggested group. */
  owner: z.string().trim().min(1).max(300),
  comment: z.string().trim().max(2000).optional(),
});

/**
 * An answer to a suggested owner.
 *
 * @public
 */
export type OwnerDecisionRequest = z.infer<typeof ownerDecisionRequestSchema>;

/**
 * Shape of how a statement about many contracts went.
 *
 * @public
 */
export const bulkAttestationSchema = z.object({
  items: z.array(
    z.object({
      entityRef: z.string(),
      outcome: z.enum(['done', 'failed']),
      attestedAt: timestampSchema.optional(),
      dueAt: timestampSchema.optional(),
      /** Why it failed, in words. */
      error: z.string().optional(),
    }),
  ),
  done: z.number().int(),
  failed: z.number().int(),
});

/**
 * How a statement about many contracts went, for each in the order given.
 *
 * @public
 */
export type BulkAttestation = z.infer<typeof bulkAttestationSchema>;
