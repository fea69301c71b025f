import { stringify } from 'yaml';
import { contractJsonSchema, type JsonSchema } from './contractJsonSchema';
import { defaultTierTable } from './tierRequirements';

const INTRODUCTION = `# Contract reference

An ownership contract says what a team answers for. Every field is optional; the
tier decides which of them are expected (see [What each tier asks
for](#what-each-tier-asks-for)).

## Where to write it

Keep the contract in a file beside \`catalog-info.yaml\`, and point to it:

\`\`\`yaml title="catalog-info.yaml"
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
  ownershipContract:
    $yaml: ./ownership.yaml
\`\`\`

The fields may also stand directly below \`spec.ownershipContract\`, and any of
them in a file of its own: \`slos: { $yaml: ./slos.yaml }\`. A platform
team that keeps contracts in one place writes an entity of kind
\`OwnershipContract\`, whose fields stand in \`spec\` beside \`owner\` and
\`subjects\`:

\`\`\`yaml
apiVersion: service-ownership.io/v1alpha1
kind: OwnershipContract
metadata:
  name: payments-services
spec:
  owner: group:default/payments
  subjects: [component:default/checkout, component:default/ledger]
  tier: tier-1
  captain: user:default/ada
\`\`\`

A component has one contract. Two of them are a finding, and neither is used
until one is gone.

## Help in the editor

Put this line on top of \`ownership.yaml\`. Editors with the YAML language server
then complete keys, explain them and mark mistakes:

\`\`\`yaml
# yaml-language-server: $schema=SCHEMA_ID
\`\`\`

## A small contract

\`\`\`yaml title="ownership.yaml"
tier: tier-3
mission: Takes a cart to a paid order.
captain: user:default/ada
contacts:
  - { type: slack, value: '#payments-help', purpose: support }
runbooks:
  - id: incident
    title: Orders are stuck
    url: docs/runbooks/stuck-orders.md
    covers: [incident]
    reviewedAt: 2026-09-01
review: { reviewedAt: 2026-09-01, cadence: P180D }
\`\`\`

## How values are written

| value | written as |
| --- | --- |
| reference | \`kind:namespace/name\` in any case. The namespace may be left out if it is \`default\`, the kind where the table names one |
| duration | ISO 8601: \`PT15M\` is 15 minutes, \`P7D\` a week, \`P90D\` 90 days, \`P7Y\` seven years |
| date | \`2026-09-01\`, or a moment such as \`2026-09-01T09:30:00Z\` |
| link | \`https://…\`, a TechDocs page \`techdocs:runbooks/rollback\`, or a path in the same repository, relative to the file it stands in |
`;

const CLOSING = `## When something is wrong with it

A broken contract never removes its entity from the catalog, and never blocks
it. It is reported as the finding \`contract-invalid\` with every problem, and
nothing of it is used until it is mended: the portal falls back to what the
catalog says. Keys that are not known have no effect and are reported as a
warning with what was probably meant.

To check files before they are merged, run [\`service-ownership lint\`](cli.md#lint),
which needs no portal. A portal checks a single file for whoever sends it one. Both
name every problem with its line and column:

\`\`\`sh
npx --yes @service-ownership/cli lint .
\`\`\`

\`\`\`sh
jq --raw-input --slurp '{document: .}' ownership.yaml |
  curl --json @- --header "Authorization: Bearer $TOKEN" \\
    https://portal.example.org/api/ownership/contracts/validate
\`\`\`
`;

/**
 * The reference of the contract as Markdown, made of the schema. It is the
 * file `docs/contract-reference.md`.
 *
 * @internal
 */
export function contractReference(): string {
  const schema = contractJsonSchema();
  const sections = Object.entries(schema.properties ?? {}).filter(([, field]) =>
    hasSection(field),
  );
  return [
    INTRODUCTION.replace('SCHEMA_ID', String(schema.$id)),
    '## Fields\n',
    table(
      ['field', 'what it says', 'accepted'],
      Object.entries(schema.properties ?? {}).map(([name, field]) => [
        hasSection(field)
          ? `[\`${name}\`](#${name.toLowerCase()})`
          : code(name),
        field.description ?? '',
        acceptedBy(field),
      ]),
    ),
    ...sections.flatMap(([name, field]) => section(name, field)),
    '## What each tier asks for\n',
    'These are the defaults; the configuration of the portal may change them.\n',
    tierTable(),
    CLOSING,
  ].join('\n');
}

/** The object that describes the fields of a section, in or out of a list. */
function rowsOf(field: JsonSchema): JsonSchema | undefined {
  const object = field.type === 'array' ? field.items : field;
  return object?.properties ? object : undefined;
}

function hasSection(field: JsonSchema): boolean {
  return field.type === 'array' || field.type === 'object';
}

function section(name: string, field: JsonSchema): string[] {
  const object = rowsOf(field);
  return [
    `### ${name}\n`,
    `${field.description ?? ''}\n`,
    ...(object
      ? [
          table(
            ['field', 'what it says', 'accepted', 'example'],
            fieldRows(object, ''),
          ),
        ]
      : []),
    '```yaml',
    stringify(
      { [name]: exampleOf(field) },
      { lineWidth: 0, singleQuote: true },
    ).trimEnd(),
    '```\n',
  ];
}

function fieldRows(object: JsonSchema, prefix: string): string[][] {
  return Object.entries(object.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inner = rowsOf(field);
    const needed = object.required?.includes(name) ? ' **Needed.**' : '';
    const row = [
      code(path),
      `${field.description ?? ''}${needed}`,
      acceptedBy(field),
      inner || field.type === 'array' || field.type === 'object'
        ? ''
        : exampleText(field),
    ];
    return [row, ...(inner ? fieldRows(inner, `${path}.`) : [])];
  });
}

function acceptedBy(field: JsonSchema): string {
  if (field.enum) {
    return field.enum.map(code).join(', ');
  }
  switch (field.type) {
    case 'array':
      return `list, at most ${field.maxItems}`;
    case 'object':
      return field.properties ? 'fields' : 'names and values';
    case 'boolean':
      return '`true`, `false`';
    case 'number':
      return 'number';
    default:
      return kindOfText(field);
  }
}

function kindOfText(field: JsonSchema): string {
  const pattern = String(field.pattern ?? '');
  const example = String(field.examples?.[0] ?? '');
  if (pattern.startsWith('^P(')) {
    return 'duration';
  }
  if (pattern.startsWith('^\\d{4}-')) {
    return 'date';
  }
  if (pattern.startsWith('^(?:https')) {
    return 'link';
  }
  const kind = /^(user|group|component|api):/.exec(example)?.[1];
  if (kind) {
    return `reference; without a kind: ${kind}`;
  }
  return field.maxLength ? `text, up to ${field.maxLength}` : 'text';
}

/** An example of a field, put together from the examples of its parts. */
function exampleOf(field: JsonSchema): unknown {
  if (field.examples?.length) {
    return field.examples[0];
  }
  if (field.type === 'array' && field.items) {
    return [exampleOf(field.items)];
  }
  if (field.properties) {
    return Object.fromEntries(
      Object.entries(field.properties).map(([name, inner]) => [
        name,
        exampleOf(inner),
      ]),
    );
  }
  return {};
}

function exampleText(field: JsonSchema): string {
  const [example] = field.examples ?? [];
  return example === undefined ? '' : code(String(example));
}

function tierTable(): string {
  const tiers = Object.entries(defaultTierTable).filter(
    ([tier]) => tier !== 'none',
  );
  const yes = (asked: boolean) => (asked ? 'yes' : '–');
  const rows: Array<[string, (tier: (typeof tiers)[number][1]) => string]> = [
    ['captain', tier => yes(tier.captain)],
    ['on-call', tier => yes(tier.onCall)],
    ['escalation steps', tier => String(tier.escalationSteps || '–')],
    ['SLOs', tier => String(tier.slos || '–')],
    ['error-budget policy', tier => yes(tier.errorBudgetPolicy)],
    ['runbooks that cover', tier => tier.runbookAreas.join(', ') || '–'],
    [
      'runbook counts as stale after',
      tier => `${tier.runbookStaleAfterDays} days`,
    ],
    [
      'drilled within',
      tier => (tier.drillWithinDays ? `${tier.drillWithinDays} days` : '–'),
    ],
    ['reviewed every', tier => code(tier.reviewCadence)],
  ];
  return table(
    ['', ...tiers.map(([tier]) => code(tier))],
    rows.map(([name, read]) => [name, ...tiers.map(([, tier]) => read(tier))]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  )}\n`;
}
