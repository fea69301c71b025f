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

// The parts of a contract that have fields of their own. They are put together
// in schema.ts.

/**
 * One way to reach the team.
 *
 * @internal
 */
export const contactSchema = z
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

/**
 * Where it is written who is on call.
 *
 * @internal
 */
export const onCallSchema = z
  .object({
    provider: textField(
      'Where the rotation is kept: `pagerduty`, `opsgenie`, `ical`, `static`, or the id of another provider that is installed.',
      'pagerduty',
      50,
    ),
    ref: textField(
      "The rotation's name or id there. For `static` who is on call: a person, or a whole team; with `rotation` any name.",
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
    const namesSomebody = /^(user|group):./i.test(onCall.ref);
    if (onCall.provider === 'static' && !onCall.rotation && !namesSomebody) {
      context.addIssue({
        code: 'custom',
        path: ['rotation'],
        message:
          'is missing; the provider `static` needs `participants`, `startsAt` and `every`, or a user or group at `onCall.ref`',
      });
    }
  });

/**
 * One runbook as declared.
 *
 * @internal
 */
export const runbookFieldSchema = z.object({
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

/**
 * One kind of data the component keeps.
 *
 * @internal
 */
export const dataSchema = z.object({
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

/**
 * One promise to callers.
 *
 * @internal
 */
export const interfaceSchema = z.object({
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

/**
 * One thing the component needs.
 *
 * @internal
 */
export const dependencySchema = z.object({
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

/**
 * Who pays, and how much.
 *
 * @internal
 */
export const costSchema = z.object({
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
});

/**
 * Who can act in an incident.
 *
 * @internal
 */
export const accessSchema = z.object({
  mitigators: z
    .array(refField('group', 'One of them.'))
    .max(100)
    .optional()
    .meta({ description: 'Who may act on it in an incident.' }),
  breakGlass: linkField(
    'How to get access in an emergency.',
    'https://access.example.org/checkout',
  ).optional(),
});

/**
 * When the contract was last found right.
 *
 * @internal
 */
export const reviewSchema = z.object({
  reviewedAt: dateField(
    'When the team last stated that the contract is right.',
  ).optional(),
  reviewedBy: refField('user', 'Who stated it.').optional(),
  cadence: durationField(
    'How often it is to be reviewed. Default: by tier.',
    'P90D',
  ).optional(),
});

/**
 * Reports runbooks that share an id.
 *
 * @internal
 */
export function rejectRepeatedIds(
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
