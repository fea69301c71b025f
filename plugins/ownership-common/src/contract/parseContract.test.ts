import { parseContract } from './parseContract';

const good = `tier: tier-1
mission: Takes a cart to a paid order.
captain: User:Default/Ada
escalation:
  - { after: PT0M, to: payments }
  - { after: PT15M, to: user:default/ada }
onCall: { provider: pagerduty, ref: PABC123 }
runbooks:
  - id: rollback
    title: Roll back a release
    url: docs/rollback.md
    covers: [rollback]
    reviewedAt: 2026-09-01
review: { reviewedAt: 2026-09-01T10:00:00+02:00, cadence: P90D }
`;

const inline = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: checkout }
spec:
  ownershipContract:
    tier: tier-9
`;

const entity = `apiVersion: service-ownership.io/v1alpha1
kind: OwnershipContract
metadata: { name: checkout }
spec:
  owner: group:default/payments
  subjects: [component:default/checkout]
`;

/** An alias bomb: nine levels of nine. */
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...'bcdefghi'
    .split('')
    .map(
      (name, i) =>
        `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`,
    ),
].join('\n');

describe('parseContract', () => {
  it('reads a contract and makes refs and moments canonical', () => {
    const reading = parseContract({ text: good });
    expect(reading.errors).toEqual([]);
    expect(reading.warnings).toEqual([]);
    expect(reading.contract).toMatchObject({
      captain: 'user:default/ada',
      escalation: [
        { after: 'PT0M', to: 'group:default/payments' },
        { after: 'PT15M', to: 'user:default/ada' },
      ],
      runbooks: [{ reviewedAt: '2026-09-01' }],
      review: { reviewedAt: '2026-09-01T08:00:00.000Z' },
    });
  });

  it('reads JSON, inline contracts and OwnershipContract entities', () => {
    expect(parseContract({ text: '{"tier": "tier-2"}' }).contract).toEqual({
      tier: 'tier-2',
    });
    expect(
      parseContract({ text: inline.replace('tier-9', 'tier-2') }).contract,
    ).toEqual({ tier: 'tier-2' });
    expect(
      parseContract({ text: `${entity}  tier: tier-3\n` }).contract,
    ).toEqual({ tier: 'tier-3' });
    expect(
      parseContract({ text: `${entity}  contract: { tier: tier-3 }\n` })
        .contract,
    ).toEqual({ tier: 'tier-3' });
    const several = parseContract({
      text: `${inline.replace('tier-9', 'tier-2')}---\n${inline}`,
    });
    expect(several.contract).toBeUndefined();
    expect(several.errors).toMatchObject([{ line: 13 }]);
    expect(
      parseContract({
        text: inline.replace('tier: tier-9', '$yaml: ./ownership.yaml'),
      }),
    ).toMatchObject({ errors: [], warnings: [{ line: 5 }] });
  });

  it.each<[name: string, text: string, expected: object]>([
    [
      'a wrong type',
      'tier: tier-1\nmission: 5\n',
      {
        path: 'mission',
        line: 2,
        column: 1,
        message: 'expected text, found the number `5`',
      },
    ],
    [
      'a value that is not accepted',
      inline,
      {
        path: 'spec.ownershipContract.tier',
        line: 6,
        message: expect.stringContaining(
          'did you mean `tier-1`? Accepted are `tier-1`, `tier-2`',
        ),
      },
    ],
    [
      'a missing field, at its nearest parent',
      'runbooks:\n  - id: a\n    url: x.md\n',
      {
        path: 'runbooks[0].title',
        line: 2,
        message: expect.stringMatching(/is missing/),
      },
    ],
    [
      'broken YAML',
      'tier: [tier-1\nmission: x',
      {
        path: '',
        line: expect.any(Number),
        message: expect.stringMatching(/^is not YAML: /),
      },
    ],
    [
      'a repeated key',
      'tier: tier-1\ntier: tier-2',
      { line: 2, message: expect.stringMatching(/^is not YAML: .*twice/) },
    ],
    [
      'an alias bomb',
      bomb,
      { line: 2, message: expect.stringMatching(/through aliases/) },
    ],
    [
      'an alias of nothing',
      'tier: tier-1\nmission: *gone',
      {
        line: 2,
        column: 10,
        message:
          'is not YAML: there is no `&gone` before the alias `*gone` in this document',
      },
    ],
    [
      'a document in itself',
      'slos: &all\n  - name: x\n  - *all',
      {
        line: 3,
        column: 5,
        message: 'is not YAML: `*all` stands inside of what it repeats',
      },
    ],
    [
      'a document in itself, again and again',
      `slos: &all [${'*all, '.repeat(50_000)}]`,
      { line: 1, column: 13, message: expect.stringMatching(/inside of what/) },
    ],
    [
      'keys in keys in keys',
      '? '.repeat(300),
      {
        message: 'is not YAML: expected a text as key, found an object',
      },
    ],
    [
      'too much in each other',
      `mission: ${'{ a: '.repeat(20_000)}${'}'.repeat(20_000)}`,
      { line: 1, message: 'is not YAML: it is nested too deeply' },
    ],
    [
      'a text of 5 MB',
      `mission: ${'x'.repeat(5 * 1024 * 1024)}`,
      { message: 'is too large: 5,242,889 bytes, at most 1 MiB' },
    ],
    [
      'a text of small parts without end',
      `contacts:\n${'- {}\n'.repeat(60_000)}`,
      {
        line: 40_001,
        message:
          'is too large: up to here it has 200,000 words, marks and line ends, and more are not read; split it',
      },
    ],
    [
      'more documents than anybody writes',
      'tier: tier-1\n---\n'.repeat(600),
      { line: 1004, message: 'holds more than 500 documents; split it' },
    ],
    [
      'anchors in anchors in anchors',
      `slos: ${Array.from({ length: 20 }, (_, i) => `&a${i} [`).join(
        '',
      )}x${']'.repeat(20)}`,
      {
        line: 1,
        column: 62,
        message:
          'is not YAML: more than 10 anchors (`&name`) inside of each other',
      },
    ],
    [
      // To resolve them took a minute and a half.
      'anchors and aliases without end',
      `slos: [${Array.from({ length: 20_000 }, (_, i) => `&a${i} x,*a${i}`)}]`,
      {
        line: 1,
        message:
          'is not YAML: more than 1,000 anchors and aliases (`&name`, `*name`) in one document',
      },
    ],
    ['nothing', '', { message: expect.stringMatching(/^holds no contract/) }],
    ['a bare word', 'hello', { message: 'expected an object, found `hello`' }],
    [
      'an OwnershipContract without subjects',
      entity.replace(/ {2}subjects.*\n/, '  tier: tier-1\n'),
      { path: 'spec.subjects', line: 4 },
    ],
  ])('reports %s', (_, text, expected) => {
    const reading = parseContract({ text });
    expect(reading.contract).toBeUndefined();
    expect(reading.errors[0]).toEqual(
      expect.objectContaining({
        line: expect.any(Number),
        column: expect.any(Number),
        ...expected,
      }),
    );
    expect(reading.errors.length).toBeLessThan(110);
  });

  it('lists a hundred problems of a text at most, however it is cut up', () => {
    const texts = [
      'tier: tier-1\n'.repeat(5000),
      '['.repeat(5000),
      Array.from({ length: 400 }, () => 'tier: x\nmission: []\nteir: y').join(
        '\n---\n',
      ),
    ];
    for (const text of texts) {
      const { errors, warnings } = parseContract({ text });
      expect(errors).toHaveLength(101);
      expect(errors[100]).toEqual({
        path: '',
        message: expect.stringMatching(/^and \d+ more problems$/),
        line: expect.any(Number),
        column: expect.any(Number),
      });
      expect(warnings.length).toBeLessThanOrEqual(101);
    }
  });

  it('takes a tag that asks for code as text', () => {
    expect(
      parseContract({ text: 'mission: !!js/function "function () {}"' })
        .contract,
    ).toEqual({ mission: 'function () {}' });
  });

  it('warns of unknown keys with what was probably meant', () => {
    expect(
      parseContract({
        text: 'tier: tier-1\nescalations: []\nrunbooks:\n  - { id: a, title: b, url: c.md, reviewed_at: 2026-01-01 }\n',
      }).warnings,
    ).toEqual([
      {
        path: 'escalations',
        line: 2,
        column: 1,
        message:
          'unknown key `escalations`, which has no effect; did you mean `escalation`?',
      },
      {
        path: 'runbooks[0].reviewed_at',
        line: 4,
        column: 35,
        message:
          'unknown key `reviewed_at`, which has no effect; did you mean `reviewedAt`?',
      },
    ]);
  });
});
