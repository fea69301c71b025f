import { z } from 'zod';
import { durationField, refField, textField } from './fields';
import {
  accessSchema,
  contactSchema,
  costSchema,
  dataSchema,
  dependencySchema,
  interfaceSchema,
  onCallSchema,
  rejectRepeatedIds,
  reviewSchema,
  runbookFieldSchema,
} from './sections';

// The one source of the contract's shape: types, JSON Schema, validation and
// the reference in docs/ are derived from here.

/**
 * Shape of a tier.
 *
 * @public
 */
export const tierSchema = z
  .enum(['tier-1', 'tier-2', 'tier-3', 'tier-4'])
  .meta({
    description:
      'How much depends on it. `tier-1` is customer-facing and paged around the clock, `tier-2` carries daily business, `tier-3` is internal, `tier-4` is experimental. The tier decides what else the contract has to name.',
    examples: ['tier-1'],
  });

/**
 * How much depends on a component: `tier-1` (most) to `tier-4` (least).
 *
 * @public
 */
export type Tier = z.infer<typeof tierSchema>;

/**
 * Shape of a contract as written in YAML; every field is optional.
 *
 * @public
 */
export const ownershipContractSchema = z.object({
  tier: tierSchema.optional(),
  mission: textField(
    'What it is for, in a sentence a newcomer understands.',
    'Takes a cart to a paid order.',
    2000,
  ).optional(),
  captain: refField(
    'user',
    'The person who is escalation point and decision-maker. The team stays accountable.',
  ).optional(),
  responsibilities: z
    .record(
      z.string().min(1).max(100),
      refField('group', 'Who answers for it.'),
    )
    .optional()
    .meta({
      description:
        "Who answers for what: `code`, `infrastructure`, `monitoring`, `incidentResponse`, `deployment`, `schemaChanges`, `security`, `cost`, or your own. What is not named is the owner's.",
      examples: [
        {
          code: 'group:default/payments',
          infrastructure: 'group:default/platform',
        },
      ],
    }),
  decisionRights: z
    .record(z.string().min(1).max(100), refField('group', 'Who decides.'))
    .optional()
    .meta({
      description:
        'Who may decide alone: `hotfix`, `rollback`, `customerCommunication`, `schemaChange`, or your own.',
      examples: [{ rollback: 'group:default/payments' }],
    }),
  contacts: z
    .array(contactSchema)
    .max(50)
    .optional()
    .meta({ description: 'How to reach the team.' }),
  onCall: onCallSchema.optional().meta({
    description: 'Where it is written who is on call.',
  }),
  escalation: z
    .array(
      z.object({
        after: durationField(
          'Time from the first page; the first step is `PT0M`.',
          'PT15M',
        ),
        to: refField('group', 'Who is called then.'),
      }),
    )
    .max(20)
    .optional()
    .meta({ description: 'Who is called, in order, if nobody answers.' }),
  slos: z
    .array(
      z.record(z.string(), z.unknown()).meta({
        description:
          'An OpenSLO v1 SLO: either its `spec` with a `name`, the whole document, or `ref` with the reference of an SLO entity.',
        examples: [
          {
            name: 'availability',
            budgetingMethod: 'Occurrences',
            timeWindow: [{ duration: '28d', isRolling: true }],
            objectives: [{ target: 0.995 }],
          },
        ],
      }),
    )
    .max(100)
    .optional()
    .meta({
      description:
        'Service level objectives as OpenSLO v1, or references to SLO entities (`ref: slo:default/…`).',
    }),
  errorBudgetPolicy: z
    .array(
      z.object({
        when: z
          .object({
            remainingBelow: z
              .number()
              .min(-1000)
              .max(1)
              .meta({
                description:
                  'Share of the error budget that is left: 0.5 is half, 0 is used up.',
                examples: [0.5],
              }),
          })
          .meta({ description: 'When it applies.' }),
        action: textField(
          'What is done: `review`, `freeze`, or your own word.',
          'freeze',
          100,
        ),
        description: textField(
          'What it means in practice.',
          'Only fixes ship.',
          2000,
        ).optional(),
      }),
    )
    .max(20)
    .optional()
    .meta({ description: 'What the team does as the error budget runs out.' }),
  runbooks: z
    .array(runbookFieldSchema)
    .max(200)
    .superRefine(rejectRepeatedIds)
    .optional()
    .meta({ description: 'What to do when something has to be done.' }),
  data: z
    .array(dataSchema)
    .max(200)
    .optional()
    .meta({ description: 'The data it keeps, and who may touch it.' }),
  interfaces: z
    .array(interfaceSchema)
    .max(200)
    .optional()
    .meta({ description: 'What it promises to those who call it.' }),
  dependencies: z.array(dependencySchema).max(500).optional().meta({
    description: 'What it needs, how badly, and what happens without it.',
  }),
  cost: costSchema.optional().meta({ description: 'Who pays, and how much.' }),
  access: accessSchema
    .optional()
    .meta({ description: 'Who can act when it burns.' }),
  review: reviewSchema
    .optional()
    .meta({ description: 'When the contract was last found right.' }),
});

/**
 * What a team answers for, as written in YAML.
 *
 * @public
 */
export type OwnershipContract = z.infer<typeof ownershipContractSchema>;

/**
 * Shape of something wrong in a document: `path` is where in it, `line` and
 * `column` count from 1 and are there where the text was at hand.
 *
 * @public
 */
export const problemSchema = z.object({
  message: z.string(),
  path: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});

/**
 * Shape of the place where a field of the effective contract was found.
 *
 * @public
 */
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

/**
 * Shape of the effective contract, with where each field was found.
 *
 * @public
 */
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

/**
 * Shape of what is wrong with a contract: errors keep it from being used,
 * warnings do not.
 *
 * @public
 */
export const contractValidationSchema = z.object({
  errors: z.array(problemSchema),
  warnings: z.array(problemSchema),
});
