import { z } from 'zod';
import {
  dateField,
  durationField,
  linkField,
  refField,
  textField,
  zonedDateField,
} from './fields';
import { isWebAddress } from './webAddress';

// The one source of the contract's shape: types, JSON Schema, validation and
// the reference in docs/ are derived from here.

/** @public */
export const tierSchema = z
  .enum(['tier-1', 'tier-2', 'tier-3', 'tier-4'])
  .meta({
    description:
      'How much depends on it. `tier-1` is customer-facing and paged around the clock, `tier-2` carries daily business, `tier-3` is internal, `tier-4` is experimental. The tier decides what else the contract has to name.',
    examples: ['tier-1'],
  });

/** @public */
export type Tier = z.infer<typeof tierSchema>;

const contactSchema = z
  .object({
    type: z.enum(['slack', 'teams', 'email', 'phone', 'url']).meta({
      description: 'What kind of address `value` is.',
      examples: ['slack'],
    }),
    value: textField(
      'The address: a channel name, an e-mail address, a phone number or a web address.',
      '#payments-help',
      500,
    ),
    purpose: z
      .enum(['support', 'incident', 'review'])
      .optional()
      .meta({
        description: 'What to use it for.',
        examples: ['incident'],
      }),
  })
  .superRefine((contact, context) => {
    const accepted =
      (contact.type !== 'url' || isWebAddress(contact.value)) &&
      (contact.type !== 'email' ||
        /^[^\s@<>]+@[^\s@<>]+$/.test(contact.value)) &&
      (contact.type !== 'phone' || /^\+?[\d ()./-]{3,40}$/.test(contact.value));
    if (!accepted) {
      context.addIssue({
        code: 'custom',
        path: ['value'],
        message: {
          url: 'expected a web address such as `https://example.org/help`',
          email: 'expected an e-mail address such as `payments@example.org`',
          phone: 'expected a phone number such as `+49 30 1234567`',
          slack: '',
          teams: '',
        }[contact.type],
      });
    }
  });

const onCallSchema = z
  .object({
    provider: textField(
      'Where the rotation is kept: `pagerduty`, `opsgenie`, `ical`, `static`, or the id of another provider that is installed.',
      'pagerduty',
      50,
    ),
    ref: textField(
      "The rotation's name or id there. For `static` any name.",
      'PABC123',
      500,
    ),
    rotation: z
      .object({
        participants: z
          .array(refField('user', 'One person who takes turns.'))
          .min(1)
          .max(100)
          .meta({ description: 'Who takes turns, in order.' }),
        startsAt: zonedDateField('When the first person took the first turn.'),
        every: durationField('How long a turn lasts.', 'P7D'),
      })
      .optional()
      .meta({ description: 'For the provider `static`: who takes turns.' }),
  })
  .superRefine((onCall, context) => {
    if (onCall.provider === 'static' && !onCall.rotation) {
      context.addIssue({
        code: 'custom',
        path: ['rotation'],
        message:
          'is missing; the provider `static` needs `participants`, `startsAt` and `every`',
      });
    }
  });

const runbookFieldSchema = z.object({
  id: z
    .string()
    .min(1)
    .max(100)
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
      'expected letters, digits, `-`, `_` and `.`, such as `rollback`',
    )
    .meta({
      description: 'Short name, unique in this contract. Part of its address.',
      examples: ['rollback'],
    }),
  title: textField('What people call it.', 'Roll back a release', 300),
  url: linkField(
    'Where it is: a web address, a TechDocs page (`techdocs:…`) or a path in the same repository. Markdown in the repository can be read in the portal.',
    'docs/runbooks/rollback.md',
  ),
  covers: z
    .array(textField('One area.', 'rollback', 100))
    .max(30)
    .optional()
    .meta({
      description:
        'The areas it covers: `deployment`, `monitoring`, `incident`, `rollback`, `recovery`, `failover`, or your own.',
      examples: [['rollback', 'deployment']],
    }),
  alerts: z
    .array(textField('Name of one alert.', 'CheckoutErrorBudgetBurn', 300))
    .max(200)
    .optional()
    .meta({ description: 'Names of the alerts it answers.' }),
  reviewedAt: dateField(
    'When somebody last checked that it is right.',
  ).optional(),
  drilledAt: dateField(
    'When it was last used in a drill or in earnest.',
    '2026-06-15',
  ).optional(),
});

const dataSchema = z.object({
  name: textField('What people call the data.', 'orders', 300),
  classification: z
    .enum(['public', 'internal', 'confidential', 'restricted'])
    .optional()
    .meta({
      description: 'How it has to be protected.',
      examples: ['confidential'],
    }),
  sourceOfTruth: z
    .boolean()
    .optional()
    .meta({
      description:
        'Whether this component is where the data is right if copies differ.',
      examples: [true],
    }),
  retention: durationField('How long it is kept.', 'P7Y').optional(),
  readers: z
    .array(refField('group', 'One reader.'))
    .max(200)
    .optional()
    .meta({ description: 'Who may read it.' }),
  writers: z
    .array(refField('group', 'One writer.'))
    .max(200)
    .optional()
    .meta({ description: 'Who may change it.' }),
  schemaApprover: refField(
    'group',
    'Who decides on changes of its schema.',
  ).optional(),
});

const interfaceSchema = z.object({
  api: refField('api', 'The API entity the promise is about.'),
  versioning: z
    .enum(['semver', 'date', 'none'])
    .optional()
    .meta({
      description: 'How versions are named.',
      examples: ['semver'],
    }),
  compatibility: z
    .enum(['backward', 'forward', 'full', 'none'])
    .optional()
    .meta({
      description:
        'What a new version promises: `backward` – old callers keep working, `forward` – old servers understand new callers, `full` – both.',
      examples: ['backward'],
    }),
  deprecationNotice: durationField(
    'Time between announcing a removal and removing.',
    'P90D',
  ).optional(),
  contractTests: linkField(
    'Where the tests of the promise are.',
    'https://ci.example.org/checkout/contract-tests',
  ).optional(),
});

const dependencySchema = z.object({
  component: refField('component', 'What it depends on.'),
  criticality: z
    .enum(['hard', 'soft'])
    .optional()
    .meta({
      description:
        '`hard`: this component fails with it. `soft`: it carries on with less.',
      examples: ['hard'],
    }),
  fallback: textField(
    'What happens while it is down.',
    'Orders wait in the queue for up to an hour.',
    2000,
  ).optional(),
  escalation: textField(
    'How to reach who answers for it.',
    '#ledger-incidents',
    2000,
  ).optional(),
});

/** @public */
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
  cost: z
    .object({
      costCenter: textField('Where it is booked.', 'CC-4711', 200).optional(),
      monthlyBudget: z
        .object({
          amount: z
            .number()
            .min(0)
            .max(1e12)
            .meta({
              description: 'Amount a month, in the currency.',
              examples: [1200],
            }),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/, 'expected a currency code such as `EUR`')
            .meta({ description: 'ISO 4217 code.', examples: ['EUR'] }),
        })
        .optional()
        .meta({ description: 'What it may cost a month.' }),
      tags: z
        .record(z.string().min(1).max(200), z.string().max(500))
        .optional()
        .meta({
          description: 'Tags its cost is found by in the cloud bill.',
          examples: [{ service: 'checkout' }],
        }),
    })
    .optional()
    .meta({ description: 'Who pays, and how much.' }),
  access: z
    .object({
      mitigators: z
        .array(refField('group', 'One of them.'))
        .max(100)
        .optional()
        .meta({ description: 'Who may act on it in an incident.' }),
      breakGlass: linkField(
        'How to get access in an emergency.',
        'https://access.example.org/checkout',
      ).optional(),
    })
    .optional()
    .meta({ description: 'Who can act when it burns.' }),
  review: z
    .object({
      reviewedAt: dateField(
        'When the team last stated that the contract is right.',
      ).optional(),
      reviewedBy: refField('user', 'Who stated it.').optional(),
      cadence: durationField(
        'How often it is to be reviewed. Default: by tier.',
        'P90D',
      ).optional(),
    })
    .optional()
    .meta({ description: 'When the contract was last found right.' }),
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

function rejectRepeatedIds(
  runbooks: Array<{ id: string }>,
  context: z.RefinementCtx,
) {
  const seen = new Set<string>();
  runbooks.forEach(({ id }, index) => {
    if (seen.has(id)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'id'],
        message: `is used twice (\`${id.slice(
          0,
          100,
        )}\`); every runbook needs an id of its own`,
      });
    }
    seen.add(id);
  });
}
