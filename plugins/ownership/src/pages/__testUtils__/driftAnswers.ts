import type {
  DriftSummary,
  Finding,
  FindingDetail,
  OwnershipApi,
  RuleDescription,
  Scan,
} from '@service-ownership/backstage-plugin-ownership-common';

/** A scan that found the world as it was. @internal */
export const completedScan: Scan = {
  id: 'scan-1',
  state: 'completed',
  processed: 40,
  total: 40,
  startedAt: '2026-11-20T08:00:00.000Z',
  finishedAt: '2026-11-20T08:00:04.000Z',
  opened: 2,
  reopened: 0,
  closed: 1,
  unchanged: 37,
};

/** An open finding. @internal */
export function finding(id: string, changes: Partial<Finding> = {}): Finding {
  return {
    id,
    ruleId: 'owner-unresolvable',
    severity: 'critical',
    state: 'open',
    entityRef: `component:default/service-${id}`,
    ownerRefs: ['group:default/falcon'],
    message: `The owner of service ${id} does not exist`,
    remediation: 'Name a team that exists.',
    evidence: [
      {
        label: 'Declared owner',
        value: '=HYPERLINK("x") <b>falcon</b>',
        source: 'catalog',
        // eslint-disable-next-line no-script-url -- what somebody may write
        url: 'javascript:alert(1)',
      },
    ],
    firstSeenAt: '2026-11-01T08:00:00.000Z',
    lastSeenAt: '2026-11-20T08:00:00.000Z',
    reopenedCount: 0,
    ...changes,
  };
}

/** The same with rule, time line and patch. @internal */
export function findingDetail(
  id: string,
  changes: Partial<FindingDetail> = {},
): FindingDetail {
  return {
    ...finding(id),
    rule: {
      title: 'The named owner does not exist',
      why: 'Nobody answers for it.',
      fix: 'Name a team that exists.',
    },
    events: [
      { at: '2026-11-01T08:00:00.000Z', type: 'opened' },
      {
        at: '2026-11-10T08:00:00.000Z',
        type: 'acknowledged',
        by: 'user:default/mara',
        detail: 'Asked around',
      },
    ],
    patch: 'spec:\n  owner: group:default/payments\n',
    suggestedOwner: {
      ref: 'group:default/payments',
      title: 'Payments',
      confidence: 0.756,
      reason: 'It owns the system this is part of',
    },
    ...changes,
  };
}

const rule: RuleDescription = {
  id: 'owner-unresolvable',
  title: 'The named owner does not exist',
  why: 'Nobody answers for it.',
  fix: 'Name a team that exists.',
  severity: 'critical',
  enabled: true,
  parameters: { graceHours: 1 },
  openFindings: 7,
};

const summaryItem: DriftSummary['items'][number] = {
  key: 'group:default/falcon',
  title: 'falcon',
  resolves: false,
  findings: 9,
  components: 7,
  bySeverity: { critical: 9, high: 0, medium: 0, low: 0 },
};

/**
 * Answers of a backend with three findings.
 *
 * @internal
 */
export function driftAnswers(
  changes: Partial<OwnershipApi> = {},
): Partial<OwnershipApi> {
  return {
    listFindings: async () => ({
      items: [finding('a'), finding('b'), finding('c')],
      pageInfo: {},
      totalItems: 3,
    }),
    listDriftViews: async () => ({ items: [], mayShare: false }),
    getFinding: async id => findingDetail(id),
    getDriftSummary: async ({ groupBy }) => ({
      groupBy,
      items: [summaryItem],
      totals: {
        findings: 9,
        components: 7,
        byState: { owned: 30, 'at-risk': 3, orphaned: 7, unknown: 0 },
      },
      hidden: 2,
    }),
    getDriftHistory: async () => ({
      points: [
        {
          at: '2026-11-20T08:00:00.000Z',
          open: 60,
          opened: 2,
          closed: 1,
          owned: 30,
          atRisk: 3,
          orphaned: 7,
          unknown: 0,
        },
      ],
    }),
    listTombstones: async () => ({ items: [], pageInfo: {}, totalItems: 0 }),
    listScans: async () => ({
      items: [completedScan],
      pageInfo: {},
      totalItems: 1,
    }),
    listRules: async () => ({ items: [rule] }),
    ...changes,
  };
}
