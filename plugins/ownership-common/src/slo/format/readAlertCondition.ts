import { shortWindow, wholeBuckets } from '../alert/shortWindow';
import type { AlertRow } from '../types';
import {
  durationShorthandHint,
  durationShorthandSeconds,
  parseDurationShorthand,
} from './durationShorthand';
import { noteUnshown } from './noteUnshown';
import { readFieldNames } from './readFieldNames';
import { alertObjectName, resolveAlertObject } from './resolveAlertObject';
import { describeValue, isMapping } from './SloReader';
import type { ReadingNotes, SloDocument } from './SloReader';

/** One comparison of a burn rate. */
interface Term {
  severity: AlertRow['severity'];
  windowSeconds: number;
  factor: number;
  afterSeconds: number;
}

interface Reading {
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
  /** Of the condition around it. */
  severity?: unknown;
  /** What may still be looked at: references can go round in circles. */
  budget: { left: number };
}

const maxParts = 100;
const maxTerms = 10;
const maxRows = 20;

/**
 * Reads one condition of an alert policy into rows: a comparison, or several
 * joined by `and` and `or` to any depth. Each way in which the whole can be
 * met becomes a row.
 *
 * Law: what cannot be read leaves out everything it is joined to by `and`. A
 * condition never becomes easier to meet than it was written.
 *
 * A row of one comparison gets a short window of a twelfth of its own, in whole
 * 5-minute buckets, as the default rows have: it ends the alert soon after the
 * burning ends.
 *
 * @internal
 */
export function readAlertCondition(options: {
  condition: unknown;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): AlertRow[] {
  const { condition, resolve, notes } = options;
  const ways = readWays(condition, {
    resolve,
    notes,
    budget: { left: maxParts },
  });
  if (ways && ways.length > maxRows) {
    notes.warning(
      `An alert condition can be met in ${ways.length} ways; the first ${maxRows} are used.`,
    );
  }
  return (ways ?? []).slice(0, maxRows).map(toRow);
}

/** The ways to meet a condition, each a list of terms; undefined where it cannot be read. */
function readWays(value: unknown, reading: Reading): Term[][] | undefined {
  const { notes } = reading;
  if (reading.budget.left === 0) {
    return undefined;
  }
  reading.budget.left -= 1;
  if (reading.budget.left === 0) {
    notes.warning(
      `An alert condition is not used beyond its first ${maxParts} parts: does it refer to itself?`,
    );
    return undefined;
  }
  if (isMapping(value)) {
    if (Array.isArray(value.and)) {
      return readAll(value.and, reading);
    }
    if (Array.isArray(value.or)) {
      return readAny(value.or, reading);
    }
    if (isTerm(value)) {
      const term = readTerm(value, reading);
      return term && [[term]];
    }
  }
  const found = resolveAlertObject({
    value,
    kind: 'AlertCondition',
    refKey: 'conditionRef',
    resolve: reading.resolve,
  });
  if (!found) {
    notes.warning(
      `The alert condition ${alertObjectName(
        value,
        'conditionRef',
      )} is not in the catalog and is not used.`,
    );
    return undefined;
  }
  const { spec, name } = found;
  noteUnshown({
    ...found,
    called: name ? `alert condition ${name}` : 'alert condition',
    why: 'an alert is shown with its name and its burn rates',
    notes,
  });
  if (isMapping(spec.condition)) {
    readFieldNames({ mapping: spec, of: 'alertCondition', notes });
  }
  return readWays(
    isMapping(spec.condition)
      ? spec.condition
      : { ...spec, kind: spec.kind ?? 'burnrate' },
    {
      ...reading,
      severity: spec.severity ?? reading.severity,
    },
  );
}

function readAll(parts: unknown[], reading: Reading): Term[][] | undefined {
  let ways: Term[][] = [[]];
  for (const part of parts.slice(0, maxTerms)) {
    const each = readWays(part, reading);
    if (!each) {
      return undefined;
    }
    ways = ways
      .flatMap(way => each.map(more => [...way, ...more]))
      .slice(0, maxRows + 1);
  }
  return parts.length > 0 && parts.length <= maxTerms ? ways : undefined;
}

function readAny(parts: unknown[], reading: Reading): Term[][] | undefined {
  const ways = parts
    .slice(0, maxTerms)
    .flatMap(part => readWays(part, reading) ?? []);
  return ways.length > 0 ? ways : undefined;
}

function isTerm(value: Record<string, unknown>): boolean {
  return ['kind', 'op', 'threshold', 'lookbackWindow'].some(
    key => key in value && !('spec' in value),
  );
}

function readTerm(
  condition: Record<string, unknown>,
  { notes, severity }: Reading,
): Term | undefined {
  const refuse = (field: string, accepted: string) => {
    notes.warning(
      `An alert condition is not used: ${field} ${describeValue(
        condition[field],
      )} is not ${accepted}.`,
    );
    return undefined;
  };
  // Without a mapping of its own the severity stands beside it.
  const { severity: _beside, description: _said, ...fields } = condition;
  readFieldNames({ mapping: fields, of: 'condition', notes });
  const { kind = 'burnrate', op = 'gt', threshold } = condition;
  if (String(kind).toLocaleLowerCase('en-US') !== 'burnrate') {
    return refuse('kind', 'burnrate');
  }
  if (op !== 'gt' && op !== 'gte') {
    return refuse('op', 'gt or gte');
  }
  if (op === 'gte') {
    notes.warning('op gte of an alert condition is read as gt.');
  }
  if (typeof threshold !== 'number' || !(threshold > 0 && threshold < 1e6)) {
    return refuse('threshold', 'a number above 0');
  }
  const window = parseDurationShorthand(condition.lookbackWindow);
  if (!window) {
    return refuse('lookbackWindow', durationShorthandHint);
  }
  const written = durationShorthandSeconds(window);
  const windowSeconds = wholeBuckets(written);
  if (windowSeconds !== written) {
    notes.warning(
      `The lookbackWindow ${describeValue(
        condition.lookbackWindow,
      )} of an alert condition is read as ${
        windowSeconds / 60
      } minutes: data is kept in steps of 5.`,
    );
  }
  return {
    severity: readSeverity(severity, notes),
    windowSeconds,
    factor: threshold,
    afterSeconds: readAfter(condition.alertAfter, notes),
  };
}

function readAfter(value: unknown, notes: ReadingNotes): number {
  const duration = parseDurationShorthand(value);
  if (!duration && value !== undefined && !/^0[a-zA-Z]?$/.test(String(value))) {
    notes.warning(
      `alertAfter ${describeValue(
        value,
      )} of an alert condition is not used: expected ${durationShorthandHint}.`,
    );
  }
  return duration ? durationShorthandSeconds(duration) : 0;
}

function readSeverity(
  value: unknown,
  notes: ReadingNotes,
): AlertRow['severity'] {
  const severity = String(value ?? 'ticket').toLocaleLowerCase('en-US');
  if (severity !== 'page' && severity !== 'ticket') {
    notes.warning(
      `The severity ${describeValue(
        value,
      )} of an alert condition is read as ticket: page and ticket are known.`,
    );
  }
  return severity === 'page' ? 'page' : 'ticket';
}

function toRow(terms: Term[]): AlertRow {
  // Of two comparisons of one window the stricter one counts.
  const factors = new Map<number, number>();
  for (const { windowSeconds, factor } of terms) {
    factors.set(
      windowSeconds,
      Math.max(factor, factors.get(windowSeconds) ?? 0),
    );
  }
  const sorted = [...factors].sort(([a], [b]) => b - a);
  const [longSeconds, factor] = sorted[0];
  const afterSeconds = Math.max(...terms.map(term => term.afterSeconds));
  const row = {
    severity: terms.some(({ severity }) => severity === 'page')
      ? ('page' as const)
      : ('ticket' as const),
    longSeconds,
    factor,
    ...(afterSeconds > 0 && { afterSeconds }),
  };
  if (sorted.length === 1) {
    return { ...row, shortSeconds: shortWindow(longSeconds) };
  }
  const [shortSeconds, shortFactor] = sorted[sorted.length - 1];
  const also = sorted.slice(1, -1);
  return {
    ...row,
    shortSeconds,
    ...(shortFactor !== factor && { shortFactor }),
    ...(also.length > 0 && {
      also: also.map(([windowSeconds, each]) => ({
        windowSeconds,
        factor: each,
      })),
    }),
  };
}
