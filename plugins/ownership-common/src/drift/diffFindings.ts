import type { EvaluatedRule } from './evaluateRules';
import { findingId } from './findingId';
import type { Evidence, FindingState, Severity } from './schema';

/**
 * What a finding says: the part of it that comes from the rule.
 *
 * @public
 */
export interface FindingContent {
  /** How much it matters for this component. */
  severity: Severity;
  /** What is wrong, in one sentence; plain text. */
  message: string;
  /** What to do next; plain text. */
  remediation: string;
  /** The observations behind it. */
  evidence: Evidence[];
}

/**
 * A finding as far as it has to be known to compare it with what the rules
 * say now. Stores pass whatever they keep, with these fields.
 *
 * @public
 */
export interface StoredFinding extends FindingContent {
  /** The rule it is of. */
  ruleId: string;
  /** The state it was stored with. */
  state: FindingState;
  /** Of a snoozed finding, also when it is closed; it wakes when it is past or absent. */
  snoozedUntil?: Date;
  /** Of a waived finding, also when it is closed; the waiver ends when it is past or absent. */
  waivedUntil?: Date;
  /** Of a closed finding: why, as in `FindingsDiff`, or `entity-removed` or `kind-not-scanned`. */
  closedReason?: string;
  /** Of a closed finding: the state it was closed in, where that is known; `closed` once it was mended after that. */
  closedFrom?: FindingState;
}

/**
 * What a scan changes in the findings of one component. Each stored finding
 * that is not closed is in exactly one of the lists.
 *
 * @public
 */
export interface FindingsDiff<T extends StoredFinding> {
  /** Findings that were never there before. */
  opened: Array<{ id: string; ruleId: string; content: FindingContent }>;
  /** Findings that are `open` again. */
  reopened: Array<{
    stored: T;
    content: FindingContent;
    /**
     * `failed-again` after it passed; `returned`: it was open when it was closed
     * though nothing was mended; else the state it was in has ended.
     */
    reason: 'failed-again' | 'returned' | 'waiver-expired' | 'snooze-ended';
  }>;
  /** Findings that are again what people made of them before they were closed, though nothing was mended. */
  resumed: Array<{
    stored: T;
    content: FindingContent;
    state: 'waived' | 'snoozed' | 'acknowledged';
  }>;
  /** Findings that stand no longer. */
  closed: Array<{
    stored: T;
    /**
     * `passed`; `not-asked`: the rule no longer is about this component;
     * `superseded`: its cause has a finding of its own; `rule-disabled`: the
     * rule was switched off or is gone.
     */
    reason: 'passed' | 'not-asked' | 'superseded' | 'rule-disabled';
  }>;
  /** Findings that a gap closed, and that pass now: there is nothing left to return to. */
  mended: T[];
  /** Still failing, and says something else than before. */
  changed: Array<{ stored: T; content: FindingContent }>;
  /** As it was, also because nothing is known just now. */
  unchanged: T[];
}

/**
 * Compares what the rules say of one component with its stored findings.
 *
 * Laws: a finding keeps its identity for ever; `unknown` changes nothing but
 * that a waiver or a snooze still ends; what an end of time wakes is `open`
 * again; only a rule that passes ends what people decided, a gap (an owner, a
 * rule or the entity gone for a while) does not; the same facts twice change
 * nothing.
 *
 * @public
 */
export function diffFindings<T extends StoredFinding>(options: {
  entityRef: string;
  /** All of this component, closed ones too. */
  stored: readonly T[];
  outcomes: readonly EvaluatedRule[];
  now: Date;
}): FindingsDiff<T> {
  const { entityRef, outcomes, now } = options;
  const stored = new Map(
    options.stored.map(finding => [finding.ruleId, finding]),
  );
  const diff: FindingsDiff<T> = {
    opened: [],
    reopened: [],
    resumed: [],
    closed: [],
    mended: [],
    changed: [],
    unchanged: [],
  };

  for (const { rule, outcome, severity } of outcomes) {
    const finding = stored.get(rule.id);
    stored.delete(rule.id);
    if (outcome.status === 'fail') {
      compare({
        diff,
        finding,
        now,
        id: findingId({ ruleId: rule.id, entityRef }),
        ruleId: rule.id,
        content: {
          severity,
          message: outcome.message,
          remediation: outcome.remediation ?? rule.fix,
          evidence: outcome.evidence,
        },
      });
    } else if (finding && finding.state !== 'closed') {
      const ended = endedState(finding, finding.state, now);
      if (outcome.status === 'pass') {
        const reason = outcome.notAsked ? 'not-asked' : 'passed';
        diff.closed.push({ stored: finding, reason });
      } else if (outcome.maskedBy !== undefined) {
        diff.closed.push({ stored: finding, reason: 'superseded' });
      } else if (ended) {
        diff.reopened.push({
          stored: finding,
          content: contentOf(finding),
          reason: ended,
        });
      } else {
        diff.unchanged.push(finding);
      }
    } else if (
      finding &&
      outcome.status === 'pass' &&
      !outcome.notAsked &&
      stateOverGaps(finding) !== 'closed'
    ) {
      diff.mended.push(finding);
    }
  }
  for (const finding of stored.values()) {
    if (finding.state !== 'closed') {
      diff.closed.push({ stored: finding, reason: 'rule-disabled' });
    }
  }
  return diff;
}

function compare<T extends StoredFinding>(options: {
  diff: FindingsDiff<T>;
  finding: T | undefined;
  now: Date;
  id: string;
  ruleId: string;
  content: FindingContent;
}): void {
  const { diff, finding, now, id, ruleId, content } = options;
  if (!finding) {
    diff.opened.push({ id, ruleId, content });
    return;
  }
  const state = stateOverGaps(finding);
  const ended = endedState(finding, state, now);
  if (ended) {
    diff.reopened.push({ stored: finding, content, reason: ended });
  } else if (state === 'closed') {
    diff.reopened.push({ stored: finding, content, reason: 'failed-again' });
  } else if (finding.state !== 'closed') {
    if (says(finding) === says(content)) {
      diff.unchanged.push(finding);
    } else {
      diff.changed.push({ stored: finding, content });
    }
  } else if (state === 'open') {
    diff.reopened.push({ stored: finding, content, reason: 'returned' });
  } else {
    diff.resumed.push({ stored: finding, content, state });
  }
}

/**
 * Whether a finding that fails is waived, by what is stored of it. Law: a
 * waiver holds until it ends, is withdrawn, or the rule passes. A finding that
 * was closed for another reason, such as an owner, a rule or an entity that was
 * gone for a while, is waived as before.
 *
 * @public
 */
export function holdsWaiver(options: {
  finding: Pick<
    StoredFinding,
    'state' | 'waivedUntil' | 'closedReason' | 'closedFrom'
  >;
  now: Date;
}): boolean {
  const { finding, now } = options;
  return (
    stateOverGaps(finding) === 'waived' &&
    finding.waivedUntil !== undefined &&
    finding.waivedUntil > now
  );
}

/** The state of a finding, or the one in which a gap closed it; `closed` where it was mended. */
function stateOverGaps(
  finding: Pick<
    StoredFinding,
    'state' | 'waivedUntil' | 'closedReason' | 'closedFrom'
  >,
): FindingState {
  const { state, closedReason = 'passed', closedFrom, waivedUntil } = finding;
  if (state !== 'closed' || closedReason === 'passed') {
    return state;
  }
  return closedFrom ?? (waivedUntil ? 'waived' : 'open');
}

function endedState(finding: StoredFinding, state: FindingState, now: Date) {
  const isOver = (end: Date | undefined) => !end || end <= now;
  if (state === 'waived' && isOver(finding.waivedUntil)) {
    return 'waiver-expired';
  }
  if (state === 'snoozed' && isOver(finding.snoozedUntil)) {
    return 'snooze-ended';
  }
  return undefined;
}

function contentOf(finding: StoredFinding): FindingContent {
  const { severity, message, remediation, evidence } = finding;
  return { severity, message, remediation, evidence };
}

function says(content: FindingContent): string {
  const { severity, message, remediation, evidence } = content;
  return JSON.stringify([
    severity,
    message,
    remediation,
    evidence.map(({ label, value, source, url, ref }) => [
      label,
      value,
      source,
      url,
      ref,
    ]),
  ]);
}
