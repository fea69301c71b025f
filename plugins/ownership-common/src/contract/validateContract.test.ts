/* eslint-disable no-script-url -- hostile links are what is tested */
import { validateContract } from './validateContract';

const runbook = { id: 'rollback', title: 'Roll back', url: 'docs/rollback.md' };
const circular: Record<string, unknown> = {};
circular.slos = [circular];

describe('validateContract', () => {
  it('accepts every field of the contract and keeps it', () => {
    const contract = {
      tier: 'tier-1',
      mission: 'Takes a <b>cart</b> to a paid order; 5 < 6 & "so on".',
      captain: 'user:default/ada',
      responsibilities: { code: 'group:default/payments' },
      decisionRights: { hotfix: 'user:default/ada' },
      contacts: [
        { type: 'slack', value: '#payments', purpose: 'support' },
        { type: 'email', value: 'payments@example.org' },
        { type: 'phone', value: '+49 30 1234567', purpose: 'incident' },
        { type: 'url', value: 'https://example.org/help' },
      ],
      onCall: {
        provider: 'static',
        ref: 'payments',
        rotation: {
          participants: ['user:default/ada'],
          startsAt: '2026-01-05T09:00:00+01:00',
          every: 'P7D',
        },
      },
      escalation: [{ after: 'PT0M', to: 'group:default/payments' }],
      slos: [{ name: 'availability', objectives: [{ target: 0.999 }] }],
      errorBudgetPolicy: [{ when: { remainingBelow: 0 }, action: 'freeze' }],
      runbooks: [
        { ...runbook, covers: ['rollback'], alerts: ['Burn'] },
        { ...runbook, id: 'b', url: 'techdocs:runbooks/b' },
        { ...runbook, id: 'c', url: 'https://example.org/c?a=b#c' },
      ],
      data: [
        {
          name: 'orders',
          classification: 'confidential',
          sourceOfTruth: true,
          retention: 'P7Y',
          readers: ['group:default/payments'],
          writers: ['group:default/payments'],
          schemaApprover: 'group:default/payments',
        },
      ],
      interfaces: [{ api: 'api:default/checkout', compatibility: 'backward' }],
      dependencies: [
        { component: 'component:default/ledger', criticality: 'hard' },
      ],
      cost: { monthlyBudget: { amount: 1200, currency: 'EUR' } },
      access: { breakGlass: 'https://access.example.org' },
      review: { reviewedAt: '2026-09-01', cadence: 'P90D' },
    };
    expect(validateContract({ document: contract })).toEqual({
      contract,
      errors: [],
      warnings: [],
    });
  });

  it.each<[name: string, document: unknown, path: string, message: RegExp]>([
    ['nothing', null, '', /^is empty/],
    ['a list', [], '', /^expected an object, found a list$/],
    ['a wrong type', { escalation: 'ada' }, 'escalation', /expected a list/],
    ['an empty ref', { captain: '' }, 'captain', /empty/],
    ['a web page as ref', { captain: 'https://x.org' }, 'captain', /kind:name/],
    ['markup as ref', { captain: '<img src=x>' }, 'captain', /kind:name/],
    [
      'a duration in words',
      { escalation: [{ after: '15 minutes', to: 'a' }] },
      'escalation[0].after',
      /ISO 8601 duration such as `PT15M`.*found `15 minutes`/,
    ],
    [
      'an empty duration',
      { review: { cadence: 'PT' } },
      'review.cadence',
      /IS/,
    ],
    [
      'a day that does not exist',
      { review: { reviewedAt: '2026-02-30' } },
      'review.reviewedAt',
      /expected a date such as `2026-09-01`/,
    ],
    [
      'a date of another country',
      { review: { reviewedAt: '1.9.2026' } },
      'review.reviewedAt',
      /expected a date/,
    ],
    [
      'an invalid Date object',
      { review: { reviewedAt: new Date(NaN) } },
      'review.reviewedAt',
      /not a date that exists/,
    ],
    ...[
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'file:///etc/passwd',
      'vbscript:x',
      '/etc/passwd',
      '\\\\server\\share',
      'C:\\secrets.md',
      '//evil.example.org/x',
      'https://user:secret@example.org/',
      'https://',
      'docs/"onmouseover=x.md',
    ].map(
      url =>
        [
          `the link ${url}`,
          { runbooks: [{ ...runbook, url }] },
          'runbooks[0].url',
          /expected a web address/,
        ] as [string, unknown, string, RegExp],
    ),
    [
      'a tab inside a scheme',
      { runbooks: [{ ...runbook, url: 'java\tscript:alert(1)' }] },
      'runbooks[0].url',
      /expected a web address/,
    ],
    ['a NUL', { mission: 'a\u0000b' }, 'mission', /hidden character U\+0000/],
    ['turned text', { mission: 'a\u202eb' }, 'mission', /character U\+202E/],
    [
      'a hidden character in a key',
      { responsibilities: { 'co\u0007de': 'a' } },
      'responsibilities["co\\u0007de"]',
      /U\+0007/,
    ],
    [
      'a script as contact',
      { contacts: [{ type: 'url', value: 'javascript:alert(1)' }] },
      'contacts[0].value',
      /web address/,
    ],
    [
      'a contact of an unknown type',
      { contacts: [{ type: 'slak', value: '#a' }] },
      'contacts[0].type',
      /`slak` is not accepted; did you mean `slack`\?/,
    ],
    [
      'a static rotation without people',
      { onCall: { provider: 'static', ref: 'x' } },
      'onCall.rotation',
      /is missing; the provider `static` needs/,
    ],
    [
      'two runbooks of one id',
      { runbooks: [runbook, runbook] },
      'runbooks[1].id',
      /is used twice/,
    ],
    [
      '10,000 runbooks',
      {
        runbooks: Array.from({ length: 10_000 }, (_, i) => ({
          ...runbook,
          id: `r${i}`,
        })),
      },
      'runbooks',
      /is too long: at most 200 entries/,
    ],
    [
      '100,000 values',
      { slos: [{ x: Array(100_000).fill(1) }] },
      '',
      /is too large: a contract holds at most 50,000 values/,
    ],
    ['itself', circular, 'slos[0]', /refers to itself/],
    [
      'a deep nest',
      { slos: [{ x: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) }] },
      expect.stringContaining('slos[0].x[0]') as unknown as string,
      /more than 40 levels/,
    ],
    [
      'a poisoned prototype',
      JSON.parse('{"responsibilities": {"__proto__": "a"}}'),
      'responsibilities',
      /__proto__/,
    ],
    ['a function', { mission: () => 'x' }, 'mission', /plain data/],
    [
      'a negative budget',
      { cost: { monthlyBudget: { amount: -1, currency: 'EUR' } } },
      'cost.monthlyBudget.amount',
      /at least 0/,
    ],
    [
      'a currency in words',
      { cost: { monthlyBudget: { amount: 1, currency: 'Euros' } } },
      'cost.monthlyBudget.currency',
      /such as `EUR`/,
    ],
  ])('rejects %s', (_, document, path, message) => {
    const reading = validateContract({ document });
    expect(reading.contract).toBeUndefined();
    expect(reading.errors[0]).toEqual({
      path,
      message: expect.stringMatching(message),
    });
  });

  it('lists all problems, and stops at a hundred', () => {
    const documents = {
      tier: 'high',
      captain: 7,
      runbooks: [{ id: 'a' }],
    };
    expect(
      validateContract({ document: documents }).errors.map(({ path }) => path),
    ).toEqual(['tier', 'captain', 'runbooks[0].title', 'runbooks[0].url']);
    const many = validateContract({
      document: { runbooks: Array(200).fill({}) },
    }).errors;
    expect(many).toHaveLength(101);
    expect(many[100].message).toMatch(/^and \d+ more problems$/);
  });

  it('describes as many as it lists, and of endless keys the beginning', () => {
    // Their paths together would be 19 GB.
    const { errors } = validateContract({
      document: { ['k'.repeat(500_000)]: Array(40_000).fill('\u202e') },
    });
    expect(errors).toHaveLength(101);
    expect(errors[0].path).toBe(`${'k'.repeat(100)}[0]`);
    expect(errors[100].message).toBe('and 39900 more problems');

    const { warnings } = validateContract({
      document: Object.fromEntries(
        Array.from({ length: 40_000 }, (_, index) => [`key${index}`, 1]),
      ),
    });
    expect(warnings).toHaveLength(101);
    expect(warnings[100].message).toBe('and 39900 more problems');
  });

  it('warns of keys without effect and leaves them out', () => {
    const reading = validateContract({
      document: {
        teir: 'tier-1',
        contacts: [{ type: 'slack', value: '#a', channel: '#b' }],
        onCal: {},
        somethingElse: true,
      },
    });
    expect(reading.contract).toEqual({
      contacts: [{ type: 'slack', value: '#a' }],
    });
    expect(reading.warnings).toEqual([
      expect.objectContaining({
        path: 'teir',
        message: expect.stringContaining('did you mean `tier`?'),
      }),
      expect.objectContaining({
        path: 'contacts[0].channel',
        message: expect.stringContaining(
          'accepted are `type`, `value`, `purpose`',
        ),
      }),
      expect.objectContaining({
        path: 'onCal',
        message: expect.stringContaining('did you mean `onCall`?'),
      }),
      expect.objectContaining({ path: 'somethingElse' }),
    ]);
  });

  it('takes dates as YAML gives them', () => {
    expect(
      validateContract({
        document: {
          review: { reviewedAt: new Date('2026-09-01T00:00:00Z') },
          runbooks: [
            { ...runbook, reviewedAt: new Date('2026-09-01T08:30:00Z') },
          ],
        },
      }).contract,
    ).toEqual({
      review: { reviewedAt: '2026-09-01' },
      runbooks: [{ ...runbook, reviewedAt: '2026-09-01T08:30:00.000Z' }],
    });
  });
});
