import type { AlertRow } from '../types';
import {
  durationShorthandSeconds,
  parseDurationShorthand,
} from './durationShorthand';
import { describeValue, isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloDocument } from './SloReader';

/**
 * Reads the alert policies of an OpenSLO SLO into alert rows. Gives
 * `undefined` where none could be mapped, so that the default rows apply.
 *
 * A condition has one window; the short window of its row is a twelfth of it,
 * in whole 5-minute buckets, as in the default rows.
 *
 * @internal
 */
export function readAlertPolicies(options: {
  value: unknown;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): AlertRow[] | undefined {
  const { value, resolve, notes } = options;
  const policies = Array.isArray(value) ? value.slice(0, 20) : [];
  const rows = policies.flatMap(policy =>
    policyConditions({ policy, resolve, notes }).flatMap(condition => {
      const row = readCondition(condition, notes);
      return row ? [row] : [];
    }),
  );
  return rows.length > 0 ? rows : undefined;
}

function policyConditions(options: {
  policy: unknown;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): unknown[] {
  const { policy, resolve, notes } = options;
  const spec = resolveSpec(policy, 'AlertPolicy', 'alertPolicyRef', resolve);
  if (!spec) {
    notes.warning(
      `The alert policy ${refName(
        policy,
        'alertPolicyRef',
      )} is not in the catalog and is not used.`,
    );
    return [];
  }
  const conditions = Array.isArray(spec.conditions) ? spec.conditions : [];
  return conditions.slice(0, 20).flatMap(condition => {
    if (isMapping(condition) && (condition.and || condition.or)) {
      notes.warning('Alert conditions joined by and / or are not used.');
      return [];
    }
    const found = resolveSpec(
      condition,
      'AlertCondition',
      'conditionRef',
      resolve,
    );
    if (!found) {
      notes.warning(
        `The alert condition ${refName(
          condition,
          'conditionRef',
        )} is not in the catalog and is not used.`,
      );
    }
    return found ? [found] : [];
  });
}

function readCondition(
  spec: unknown,
  notes: ReadingNotes,
): AlertRow | undefined {
  if (!isMapping(spec)) {
    return undefined;
  }
  const condition = isMapping(spec.condition) ? spec.condition : {};
  const kind = String(condition.kind ?? 'burnrate').toLocaleLowerCase('en-US');
  const window = parseDurationShorthand(condition.lookbackWindow);
  const factor = condition.threshold;
  const above =
    condition.op === undefined ||
    condition.op === 'gt' ||
    condition.op === 'gte';
  if (
    kind !== 'burnrate' ||
    !above ||
    !window ||
    typeof factor !== 'number' ||
    !(factor > 0 && factor < 1e6)
  ) {
    notes.warning(
      'An alert condition is not used: expected kind burnrate, op gt or gte, a threshold above 0 and a lookbackWindow such as 1h.',
    );
    return undefined;
  }
  const longSeconds = wholeBuckets(durationShorthandSeconds(window));
  return {
    severity: spec.severity === 'page' ? 'page' : 'ticket',
    longSeconds,
    shortSeconds: wholeBuckets(longSeconds / 12),
    factor,
  };
}

function wholeBuckets(seconds: number): number {
  return Math.max(300, Math.round(seconds / 300) * 300);
}

function resolveSpec(
  value: unknown,
  kind: string,
  refKey: string,
  resolve: SloDocument['resolve'],
): Record<string, unknown> | undefined {
  if (isMapping(value) && isMapping(value.spec)) {
    return value.spec;
  }
  const name = plainText(isMapping(value) ? value[refKey] : value, 300);
  const found = name ? resolve(kind, name)?.spec : undefined;
  return isMapping(found) ? found : undefined;
}

function refName(value: unknown, refKey: string): string {
  return describeValue(isMapping(value) ? value[refKey] : value);
}
