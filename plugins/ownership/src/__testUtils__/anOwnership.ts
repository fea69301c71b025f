import type {
  EntityOwnership,
  Finding,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';

/** The moment the fixtures are taken at. */
export const fixtureNow = new Date('2026-11-21T12:00:00.000Z');

/**
 * A well-kept tier-1 component with one thing to do; whatever differs is
 * overridden.
 */
export function anOwnership(
  overrides: Partial<EntityOwnership> = {},
): EntityOwnership {
  const entityRef = 'component:default/checkout';
  const contractFile =
    'url:https://git.example.org/payments/checkout/blob/main/ownership.yaml';
  const inContract = {
    source: 'contract',
    location: contractFile,
    entityRef,
  } as const;
  return {
    entityRef,
    title: 'Checkout',
    state: 'at-risk',
    stateSince: '2026-11-18T09:00:00.000Z',
    stateReason:
      'A finding of high severity is open: the rollback runbook was last drilled 310 days ago.',
    owners: [
      {
        ref: 'group:default/payments',
        title: 'Payments',
        resolves: true,
        memberCount: 7,
      },
    ],
    captain: {
      ref: 'user:default/ines',
      title: 'Ines Vidal',
      email: 'ines@example.org',
      resolves: true,
    },
    onCall: {
      provider: 'static',
      ref: 'payments-primary',
      people: [
        { ref: 'user:default/tariq', title: 'Tariq Aziz', resolves: true },
      ],
      until: '2026-11-23T08:00:00.000Z',
      url: 'https://oncall.example.org/payments',
    },
    contract: {
      tier: 'tier-1',
      mission: 'Takes a cart to a paid order.',
      captain: 'user:default/ines',
      lifecycle: 'production',
      system: 'system:default/shop',
      responsibilities: {
        code: 'group:default/payments',
        infrastructure: 'group:default/platform',
      },
      decisionRights: { hotfix: 'user:default/ines' },
      contacts: [
        { type: 'slack', value: '#payments-help', purpose: 'support' },
        {
          type: 'email',
          value: 'payments-oncall@example.org',
          purpose: 'incident',
        },
        { type: 'phone', value: '+49 30 1234567' },
      ],
      onCall: { provider: 'static', ref: 'payments-primary' },
      escalation: [
        { after: 'PT0M', to: 'group:default/payments' },
        { after: 'PT15M', to: 'user:default/ines' },
        { after: 'PT30M', to: 'group:default/platform' },
      ],
      errorBudgetPolicy: [
        {
          when: { remainingBelow: 0.5 },
          action: 'review',
          description: 'The team looks at what uses the budget up.',
        },
        {
          when: { remainingBelow: 0 },
          action: 'freeze',
          description: 'Only fixes ship.',
        },
      ],
      data: [
        {
          name: 'orders',
          classification: 'confidential',
          sourceOfTruth: true,
          retention: 'P7Y',
          readers: ['group:default/analytics'],
          writers: ['group:default/payments'],
          schemaApprover: 'group:default/payments',
        },
      ],
      interfaces: [
        {
          api: 'api:default/checkout',
          versioning: 'semver',
          compatibility: 'backward',
          deprecationNotice: 'P90D',
          contractTests: 'https://ci.example.org/checkout/contract',
        },
      ],
      dependencies: [
        {
          component: 'component:default/ledger',
          criticality: 'hard',
          fallback: 'Orders are queued for an hour.',
        },
        { component: 'component:default/mailer', criticality: 'soft' },
      ],
      cost: {
        costCenter: 'CC-1204',
        monthlyBudget: { amount: 1200, currency: 'EUR' },
        tags: { product: 'shop' },
      },
      access: {
        mitigators: ['group:default/payments'],
        breakGlass: 'https://access.example.org/checkout',
      },
      review: {
        reviewedAt: '2026-10-12',
        reviewedBy: 'user:default/ines',
        cadence: 'P90D',
      },
      provenance: {
        owner: { source: 'catalog', location: 'spec.owner', entityRef },
        lifecycle: { source: 'catalog', location: 'spec.lifecycle', entityRef },
        mission: inContract,
        tier: inContract,
        captain: inContract,
        contacts: inContract,
        escalation: inContract,
        runbooks: inContract,
        data: inContract,
        interfaces: inContract,
        dependencies: inContract,
        cost: inContract,
        'review.cadence': {
          source: 'default',
          location: 'tier-1',
          entityRef,
        },
        'runbooks[2]': {
          source: 'catalog',
          location: 'metadata.links',
          entityRef,
        },
      },
    },
    contractStatus: 'valid',
    contractProblems: [],
    review: {
      reviewedAt: '2026-10-12',
      reviewedBy: 'user:default/ines',
      dueAt: '2027-01-10T00:00:00.000Z',
      overdue: false,
    },
    findings: [aFinding()],
    slos: [
      anSlo(),
      anSlo({
        slo: 'latency',
        title: 'Answers within 400 ms',
        objective: 0.99,
        state: 'breached',
        budget: {
          consumed: 1.12,
          remaining: -0.12,
          remainingEvents: -480,
          remainingSeconds: -2903,
          estimated: false,
        },
        exhaustionSeconds: 0,
        sparkline: Array.from({ length: 28 }, (_, day) => 1 - day * 0.0415),
      }),
    ],
    runbooks: [
      {
        id: 'deploy',
        title: 'Deploy and verify',
        url: 'docs/runbooks/deploy.md',
        href: 'https://git.example.org/payments/checkout/blob/main/docs/runbooks/deploy.md',
        readable: true,
        covers: ['deployment', 'monitoring'],
        alerts: ['CheckoutErrorBudgetBurn', 'CheckoutLatency'],
        reviewedAt: '2026-10-01',
        reviewAgeDays: 51,
        state: 'fresh',
        source: 'contract',
      },
      {
        id: 'incident',
        title: 'Payments are failing',
        url: 'https://wiki.example.org/payments-failing',
        href: 'https://wiki.example.org/payments-failing',
        readable: false,
        covers: ['incident'],
        alerts: [],
        reviewedAt: '2026-01-10',
        drilledAt: '2026-01-15',
        reviewAgeDays: 315,
        state: 'stale',
        source: 'contract',
      },
    ],
    uncoveredAreas: ['rollback'],
    scorecards: [
      {
        id: 'ownership-maturity',
        title: 'Service ownership maturity',
        level: 'beginner',
        nextLevel: 'intermediate',
        missing: ['runbook-coverage', 'slo-breached'],
        unknown: ['on-call-empty'],
        score: 0.62,
        rules: [
          {
            ruleId: 'owner-unresolvable',
            title: 'The owner exists',
            level: 'beginner',
            status: 'pass',
          },
          {
            ruleId: 'owner-not-a-team',
            title: 'The owner is a team',
            level: 'beginner',
            status: 'pass',
          },
          {
            ruleId: 'slo-missing',
            title: 'There is an SLO',
            level: 'intermediate',
            status: 'pass',
          },
          {
            ruleId: 'runbook-coverage',
            title: 'Runbooks cover what the tier asks for',
            level: 'intermediate',
            status: 'fail',
          },
          {
            ruleId: 'slo-breached',
            title: 'The SLOs are met',
            level: 'intermediate',
            status: 'fail',
          },
          {
            ruleId: 'on-call-empty',
            title: 'Somebody is on call',
            level: 'intermediate',
            status: 'unknown',
          },
          {
            ruleId: 'runbook-undrilled',
            title: 'Runbooks are drilled',
            level: 'advanced',
            status: 'fail',
          },
          {
            ruleId: 'budget-policy-missing',
            title: 'There is an error-budget policy',
            level: 'advanced',
            status: 'pass',
          },
        ],
      },
    ],
    titles: {
      'group:default/payments': 'Payments',
      'group:default/platform': 'Platform',
      'group:default/analytics': 'Analytics',
      'user:default/ines': 'Ines Vidal',
      'component:default/ledger': 'Ledger',
      'component:default/mailer': 'Mailer',
      'api:default/checkout': 'Checkout API',
      'system:default/shop': 'Shop',
    },
    checkedAt: '2026-11-21T11:40:00.000Z',
    may: { waive: true, attest: true },
    ...overrides,
  };
}

/** An open finding of high severity. */
export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-1',
    ruleId: 'runbook-undrilled',
    severity: 'high',
    state: 'open',
    entityRef: 'component:default/checkout',
    ownerRefs: ['group:default/payments'],
    message:
      'The runbook "Payments are failing" was last drilled 310 days ago.',
    remediation: 'Drill it, then set drilledAt in the contract.',
    evidence: [
      {
        label: 'Drilled',
        value: '2026-01-15',
        source: 'contract',
        url: 'https://git.example.org/payments/checkout/blob/main/ownership.yaml',
      },
      { label: 'Tier-1 asks for', value: 'every 180 days', source: 'tier' },
    ],
    firstSeenAt: '2026-11-18T09:00:00.000Z',
    lastSeenAt: '2026-11-21T11:40:00.000Z',
    reopenedCount: 0,
    ...overrides,
  };
}

/** An SLO that is met, with two fifths of its budget left. */
export function anSlo(overrides: Partial<SloStatus> = {}): SloStatus {
  return {
    entityRef: 'component:default/checkout',
    slo: 'availability',
    title: 'Orders go through',
    objective: 0.999,
    budgetingMethod: 'Occurrences',
    window: {
      duration: '28d',
      type: 'rolling',
      start: '2026-10-24T12:00:00.000Z',
      end: '2026-11-21T12:00:00.000Z',
    },
    state: 'met',
    sli: 0.99942,
    good: 999_420,
    total: 1_000_000,
    budget: {
      consumed: 0.58,
      remaining: 0.42,
      remainingEvents: 420,
      remainingSeconds: 1016,
      estimated: false,
    },
    burnRates: [
      { windowSeconds: 3600, errorRate: 0.0013, burnRate: 1.3, coverage: 1 },
    ],
    alerts: [],
    exhaustionSeconds: 9.2 * 86_400,
    coverage: 1,
    lastDataAt: '2026-11-21T11:55:00.000Z',
    evaluatedAt: '2026-11-21T11:56:00.000Z',
    sparkline: Array.from({ length: 28 }, (_, day) =>
      day === 12 ? null : 1 - day * 0.021 - (day > 18 ? 0.03 : 0),
    ),
    ...overrides,
  };
}
