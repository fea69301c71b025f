import type { AlertRow } from '../types';
import { noteUnshown } from './noteUnshown';
import { readAlertCondition } from './readAlertCondition';
import { readFieldNames } from './readFieldNames';
import { alertObjectName, resolveAlertObject } from './resolveAlertObject';
import { describeValue } from './SloReader';
import type { ReadingNotes, SloDocument } from './SloReader';

const shownAs = 'an alert is shown with its name and its burn rates';
const maxPolicies = 20;
const maxConditions = 20;

/**
 * Reads the alert policies of an OpenSLO SLO into alert rows. Gives
 * `undefined` where none could be mapped, so that the default rows apply.
 *
 * | policy | row |
 * |---|---|
 * | several conditions | a row each: any of them fires |
 * | `alertWhenBreaching: false` | fires, and nobody is notified of it |
 * | `alertWhenResolved: false` | resolves, and nobody is notified of it |
 * | `alertWhenNoData: true` | fires as well while there is no data |
 * | `notificationTargets` | not used: owners are notified |
 * | `description`, `displayName` | not shown: the alert has its name |
 *
 * Source: OpenSLO v1, AlertPolicy.
 *
 * @internal
 */
export function readAlertPolicies(options: {
  value: unknown;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): AlertRow[] | undefined {
  const { value, resolve, notes } = options;
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    notes.warning(
      `alertPolicies are not used: expected a list, got ${describeValue(
        value,
      )}.`,
    );
  }
  const written: unknown[] = Array.isArray(value) ? value : [];
  noteRest({ written, most: maxPolicies, of: 'alertPolicies', notes });
  const policies = written.slice(0, maxPolicies);
  const rows = policies.flatMap(policy =>
    readPolicy({ policy, resolve, notes }),
  );
  return rows.length > 0 ? rows : undefined;
}

function readPolicy(options: {
  policy: unknown;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): AlertRow[] {
  const { policy, resolve, notes } = options;
  const found = resolveAlertObject({
    value: policy,
    kind: 'AlertPolicy',
    refKey: 'alertPolicyRef',
    resolve,
  });
  if (!found) {
    notes.warning(
      `The alert policy ${alertObjectName(
        policy,
        'alertPolicyRef',
      )} is not in the catalog and is not used.`,
    );
    return [];
  }
  const { spec, name } = found;
  const called = name ? `alert policy ${name}` : 'alert policy';
  readFieldNames({ mapping: spec, of: 'alertPolicy', notes });
  noteUnshown({ ...found, called, why: shownAs, notes });
  const flag = (key: string) => {
    const written = spec[key];
    if (written !== undefined && typeof written !== 'boolean') {
      notes.warning(
        `${key} of the ${called} is not used: expected true or false, got ${describeValue(
          written,
        )}.`,
      );
    }
    return written;
  };
  const unannounced = [
    ...(flag('alertWhenBreaching') === false ? (['firing'] as const) : []),
    ...(flag('alertWhenResolved') === false ? (['resolved'] as const) : []),
  ];
  const whenNoData = flag('alertWhenNoData') === true;
  if (
    Array.isArray(spec.notificationTargets) &&
    spec.notificationTargets.length > 0
  ) {
    notes.warning(
      `notificationTargets of the ${called} are not used: the owners of the component are notified.`,
    );
  }
  if (!Array.isArray(spec.conditions) || spec.conditions.length === 0) {
    notes.warning(
      `The ${called} is not used: expected conditions, got ${describeValue(
        spec.conditions,
      )}.`,
    );
    return [];
  }
  noteRest({
    written: spec.conditions,
    most: maxConditions,
    of: `conditions of the ${called}`,
    notes,
  });
  return spec.conditions.slice(0, maxConditions).flatMap(condition =>
    readAlertCondition({ condition, resolve, notes }).map(row => ({
      ...row,
      ...(name && { name }),
      ...(whenNoData && { whenNoData }),
      ...(unannounced.length > 0 && { unannounced }),
    })),
  );
}

function noteRest(options: {
  written: unknown[];
  most: number;
  of: string;
  notes: ReadingNotes;
}): void {
  const { written, most, of, notes } = options;
  if (written.length > most) {
    notes.warning(`Of ${written.length} ${of} the first ${most} are used.`);
  }
}
