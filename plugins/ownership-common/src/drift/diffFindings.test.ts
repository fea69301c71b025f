import type { EvaluatedRule } from './evaluateRules';
import { diffFindings, type StoredFinding } from './diffFindings';
import { findingId } from './findingId';
import type { ConfiguredRule, RuleOutcome } from './types';

const NOW = new Date('2026-11-21T08:00:00Z');
const BEFORE = new Date('2026-11-21T07:59:59Z');
const LATER = new Date('2026-12-21T08:00:00Z');

const content = {
  severity: 'high',
  message: 'Nobody is on call',
  remediation: 'Name somebody.',
  evidence: [{ label: 'Rotation', value: 'none', source: 'contract' }],
} as const;

function stored(parts: Partial<StoredFinding> = {}): StoredFinding {
  return {
    ruleId: 'a',
    state: 'open',
    ...content,
    evidence: [...content.evidence],
    ...parts,
  };
}

function outcome(said: RuleOutcome): EvaluatedRule {
  const rule = { id: 'a', fix: 'Name somebody.' } as ConfiguredRule;
  return { rule, outcome: said, severity: 'high' };
}

const { severity: _, remediation: __, ...said } = content;
const fails = outcome({
  status: 'fail',
  ...said,
  evidence: [{ ...content.evidence[0], url: undefined }],
});
const failsElse = outcome({
  status: 'fail',
  ...said,
  message: 'x',
  evidence: [],
});
const passes = outcome({ status: 'pass' });
const notAsked = outcome({ status: 'pass', notAsked: true });
const unknown = outcome({ status: 'unknown', reason: 'down' });
const masked = outcome({ status: 'unknown', reason: 'm', maskedBy: 'b' });

const open = stored();
const closed = stored({ state: 'closed' });
const gone = stored({ state: 'closed', closedReason: 'entity-removed' });
const mended: StoredFinding = { ...gone, closedFrom: 'closed' };
const acknowledged = stored({ state: 'acknowledged' });
const waived = stored({ state: 'waived', waivedUntil: LATER });
const expired = stored({ state: 'waived', waivedUntil: BEFORE });
const snoozed = stored({ state: 'snoozed', snoozedUntil: LATER });
const awake = stored({ state: 'snoozed', snoozedUntil: NOW });

describe('diffFindings', () => {
  it.each<
    [string, StoredFinding | undefined, EvaluatedRule | undefined, object]
  >([
    [
      'nothing, fails',
      undefined,
      fails,
      {
        opened: [
          {
            id: 'a~component~default~x',
            ruleId: 'a',
            content: {
              ...content,
              evidence: [expect.objectContaining(content.evidence[0])],
            },
          },
        ],
      },
    ],
    ['nothing, passes', undefined, passes, {}],
    ['nothing, unknown', undefined, unknown, {}],
    ['open, fails', open, fails, { unchanged: [open] }],
    [
      'open, fails otherwise',
      open,
      failsElse,
      {
        changed: [
          { stored: open, content: expect.objectContaining({ message: 'x' }) },
        ],
      },
    ],
    [
      'open, passes',
      open,
      passes,
      { closed: [{ stored: open, reason: 'passed' }] },
    ],
    [
      'open, no longer asked',
      open,
      notAsked,
      { closed: [{ stored: open, reason: 'not-asked' }] },
    ],
    ['open, unknown', open, unknown, { unchanged: [open] }],
    [
      'open, behind its cause',
      open,
      masked,
      { closed: [{ stored: open, reason: 'superseded' }] },
    ],
    [
      'open, rule off',
      open,
      undefined,
      { closed: [{ stored: open, reason: 'rule-disabled' }] },
    ],
    ['acknowledged, fails', acknowledged, fails, { unchanged: [acknowledged] }],
    ['waived, fails', waived, fails, { unchanged: [waived] }],
    [
      'waived, fails otherwise',
      waived,
      failsElse,
      { changed: [{ stored: waived, content: expect.anything() }] },
    ],
    [
      'waived, passes',
      waived,
      passes,
      { closed: [{ stored: waived, reason: 'passed' }] },
    ],
    [
      'waiver over, fails',
      expired,
      fails,
      {
        reopened: [
          {
            stored: expired,
            content: expect.anything(),
            reason: 'waiver-expired',
          },
        ],
      },
    ],
    [
      'waiver over, unknown',
      expired,
      unknown,
      {
        reopened: [
          {
            stored: expired,
            content: expect.objectContaining({ message: content.message }),
            reason: 'waiver-expired',
          },
        ],
      },
    ],
    [
      'waiver without an end, fails',
      stored({ state: 'waived' }),
      fails,
      { reopened: [expect.objectContaining({ reason: 'waiver-expired' })] },
    ],
    ['snoozed, fails', snoozed, fails, { unchanged: [snoozed] }],
    [
      'snooze over, fails',
      awake,
      fails,
      {
        reopened: [
          { stored: awake, content: expect.anything(), reason: 'snooze-ended' },
        ],
      },
    ],
    [
      'closed, fails',
      closed,
      fails,
      {
        reopened: [
          {
            stored: closed,
            content: expect.anything(),
            reason: 'failed-again',
          },
        ],
      },
    ],
    ...(
      [
        ['superseded', { waivedUntil: LATER }, 'waived'],
        ['rule-disabled', { waivedUntil: LATER }, 'waived'],
        ['entity-removed', { waivedUntil: LATER }, 'waived'],
        [
          'entity-removed',
          { closedFrom: 'waived', waivedUntil: LATER },
          'waived',
        ],
        ['superseded', { waivedUntil: NOW }, 'waiver-expired'],
        ['superseded', {}, 'returned'],
        ['superseded', { closedFrom: 'open' }, 'returned'],
        ['passed', { waivedUntil: LATER }, 'failed-again'],
        ['entity-removed', { closedFrom: 'acknowledged' }, 'acknowledged'],
        ['kind-not-scanned', { closedFrom: 'acknowledged' }, 'acknowledged'],
        ['not-asked', { closedFrom: 'acknowledged' }, 'acknowledged'],
        ['passed', { closedFrom: 'acknowledged' }, 'failed-again'],
        [undefined, { closedFrom: 'acknowledged' }, 'failed-again'],
        [
          'rule-disabled',
          { closedFrom: 'snoozed', snoozedUntil: LATER },
          'snoozed',
        ],
        [
          'rule-disabled',
          { closedFrom: 'snoozed', snoozedUntil: NOW },
          'snooze-ended',
        ],
        [
          'passed',
          { closedFrom: 'snoozed', snoozedUntil: LATER },
          'failed-again',
        ],
      ] as const
    ).map(
      ([closedReason, before, then]): [
        string,
        StoredFinding,
        EvaluatedRule,
        object,
      ] => {
        const was = stored({ state: 'closed', closedReason, ...before });
        const again = { stored: was, content: expect.anything() };
        return [
          `closed as ${closedReason} with ${JSON.stringify(before)}, fails`,
          was,
          fails,
          ['waived', 'snoozed', 'acknowledged'].includes(then)
            ? { resumed: [{ ...again, state: then }] }
            : { reopened: [{ ...again, reason: then }] },
        ];
      },
    ),
    ['closed, passes', closed, passes, {}],
    ['closed by a gap, passes', gone, passes, { mended: [gone] }],
    ['closed by a gap, no longer asked', gone, notAsked, {}],
    ['closed by a gap, unknown', gone, unknown, {}],
    ['mended after a gap, passes', mended, passes, {}],
    [
      'mended after a gap, fails',
      mended,
      fails,
      {
        reopened: [
          {
            ...{ stored: mended, reason: 'failed-again' },
            content: expect.anything(),
          },
        ],
      },
    ],
    ['closed, unknown', closed, unknown, {}],
    ['closed, rule off', closed, undefined, {}],
  ])('%s', (_what, before, now, changes) => {
    expect(
      diffFindings({
        entityRef: 'component:default/x',
        stored: before ? [before] : [],
        outcomes: now ? [now] : [],
        now: NOW,
      }),
    ).toEqual({
      opened: [],
      reopened: [],
      resumed: [],
      closed: [],
      mended: [],
      changed: [],
      unchanged: [],
      ...changes,
    });
  });
});

describe('findingId', () => {
  it('is stable, safe in a URL, and tells different findings apart', () => {
    const id = findingId({
      ruleId: 'owner-missing',
      entityRef: 'component:default/checkout',
    });
    expect(id).toBe('owner-missing~component~default~checkout');
    expect(encodeURIComponent(id)).toBe(id);
    const ids = [
      ['a', 'component:default/b~c'],
      ['a', 'component:default~b/c'],
      ['a~component', 'default:b/c'],
      ['a', 'component:default/b c'],
    ].map(([ruleId, entityRef]) => findingId({ ruleId, entityRef }));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
