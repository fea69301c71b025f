import { z } from 'zod';

// The one source of the contract's shape: types, JSON Schema, validation and
// the reference in docs/ are derived from here.

const ref = z.string().min(1).max(300);
const date = z.string().max(40);
const duration = z.string().max(40);

/** @public */
export const tierSchema = z
  .enum(['tier-1', 'tier-2', 'tier-3', 'tier-4'])
  .meta({
    description:
      'How much depends on it: tier-1 is customer-facing and paged around the clock, tier-4 is experimental',
  });

/** @public */
export type Tier = z.infer<typeof tierSchema>;

/** @public */
export const ownershipContractSchema = z.object({
  tier: tierSchema.optional(),
  mission: z.string().max(2000).optional(),
  captain: ref.optional(),
  responsibilities: z.record(z.string().max(100), ref).optional(),
  decisionRights: z.record(z.string().max(100), ref).optional(),
  contacts: z
    .array(
      z.object({
        type: z.enum(['slack', 'teams', 'email', 'phone', 'url']),
        value: z.string().max(500),
        purpose: z.enum(['support', 'incident', 'review']).optional(),
      }),
    )
    .max(50)
    .optional(),
  onCall: z
    .object({
      provider: z.string().max(50),
      ref: z.string().max(500),
      /** For the provider `static`: who takes turns. */
      rotation: z
        .object({
          participants: z.array(ref).min(1).max(100),
          startsAt: date,
          every: duration,
        })
        .optional(),
    })
    .optional(),
  escalation: z
    .array(z.object({ after: duration, to: ref }))
    .max(20)
    .optional(),
  slos: z.array(z.record(z.string(), z.unknown())).max(100).optional(),
  errorBudgetPolicy: z
    .array(
      z.object({
        when: z.object({ remainingBelow: z.number() }),
        action: z.string().max(100),
        description: z.string().max(2000).optional(),
      }),
    )
    .max(20)
    .optional(),
  runbooks: z
    .array(
      z.object({
        id: z.string().min(1).max(100),
        title: z.string().max(300),
        url: z.string().max(2000),
        covers: z.array(z.string().max(100)).max(30).optional(),
        alerts: z.array(z.string().max(300)).max(200).optional(),
        reviewedAt: date.optional(),
        drilledAt: date.optional(),
      }),
    )
    .max(200)
    .optional(),
  data: z
    .array(
      z.object({
        name: z.string().max(300),
        classification: z
          .enum(['public', 'internal', 'confidential', 'restricted'])
          .optional(),
        sourceOfTruth: z.boolean().optional(),
        retention: duration.optional(),
        readers: z.array(ref).max(200).optional(),
        writers: z.array(ref).max(200).optional(),
        schemaApprover: ref.optional(),
      }),
    )
    .max(200)
    .optional(),
  interfaces: z
    .array(
      z.object({
        api: ref,
        versioning: z.enum(['semver', 'date', 'none']).optional(),
        compatibility: z
          .enum(['backward', 'forward', 'full', 'none'])
          .optional(),
        deprecationNotice: duration.optional(),
        contractTests: z.string().max(2000).optional(),
      }),
    )
    .max(200)
    .optional(),
  dependencies: z
    .array(
      z.object({
        component: ref,
        criticality: z.enum(['hard', 'soft']).optional(),
        fallback: z.string().max(2000).optional(),
        escalation: z.string().max(2000).optional(),
      }),
    )
    .max(500)
    .optional(),
  cost: z
    .object({
      costCenter: z.string().max(200).optional(),
      monthlyBudget: z
        .object({ amount: z.number().min(0), currency: z.string().length(3) })
        .optional(),
      tags: z.record(z.string().max(200), z.string().max(500)).optional(),
    })
    .optional(),
  access: z
    .object({
      mitigators: z.array(ref).max(100).optional(),
      breakGlass: z.string().max(2000).optional(),
    })
    .optional(),
  review: z
    .object({
      reviewedAt: date.optional(),
      reviewedBy: ref.optional(),
      cadence: duration.optional(),
    })
    .optional(),
});

/**
 * What a team answers for, as written in YAML.
 *
 * @public
 */
export type OwnershipContract = z.infer<typeof ownershipContractSchema>;

/** @public */
export const problemSchema = z.object({
  message: z.string(),
  path: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});

/** @public */
export const provenanceSchema = z.object({
  source: z.enum(['contract', 'catalog', 'attestation', 'default']),
  location: z.string(),
  entityRef: z.string(),
});

/**
 * Where a field of the effective contract was found.
 *
 * @public
 */
export type Provenance = z.infer<typeof provenanceSchema>;

/** @public */
export const effectiveContractSchema = ownershipContractSchema.extend({
  /** `spec.lifecycle` of the entity. */
  lifecycle: z.string().optional(),
  /** `spec.system` as a ref. */
  system: z.string().optional(),
  /** By field: `captain`, `runbooks`, `onCall`, … or `runbooks[0]` where items differ. */
  provenance: z.record(z.string(), provenanceSchema),
});

/**
 * Contract fields where there is a valid contract, else what the catalog
 * already says.
 *
 * @public
 */
export type EffectiveContract = z.infer<typeof effectiveContractSchema>;

/** @public */
export const contractValidationSchema = z.object({
  errors: z.array(problemSchema),
  warnings: z.array(problemSchema),
});
