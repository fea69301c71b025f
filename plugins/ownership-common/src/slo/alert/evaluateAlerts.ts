import { maxBurnRate } from '../errorBudget';
import type { SloStatus } from '../schema';
import { alertRows } from '../sloWindows';
import type { SloWindows } from '../sloWindows';
import type { SloDefinition } from '../types';
import { alertCondition } from './alertCondition';
import { alertTerms } from './alertTerms';
import { keepFiringSeconds, trackAlert } from './trackAlert';
import type { AlertMemory } from './trackAlert';

/**
 * Evaluates the alert rows of an SLO from its burn rates and from what is
 * remembered of them.
 *
 * A row is the one it was before where severity and windows are the same, even
 * if its factor changed: another objective does not end an incident.
 *
 * @param options - `hasData`: whether there is a bucket at all; without one
 *   nothing has ended, and no alert fires for want of data.
 *
 * @internal
 */
export function evaluateAlerts(options: {
  definition: SloDefinition;
  windows: SloWindows;
  burnRates: SloStatus['burnRates'];
  hasData: boolean;
  now: Date;
  memory?: readonly AlertMemory[];
}): SloStatus['alerts'] {
  const { definition, windows, burnRates, hasData, now } = options;
  const { period, asOf, stale } = windows;
  const memory = [...(options.memory ?? [])];
  const most = maxBurnRate(definition.objective);
  return alertRows(definition, period.end - period.start).map(row => {
    const same = memory.findIndex(
      ({ severity, longSeconds, shortSeconds }) =>
        severity === row.severity &&
        longSeconds === row.longSeconds &&
        shortSeconds === row.shortSeconds,
    );
    const before = same < 0 ? undefined : memory.splice(same, 1)[0];
    return {
      ...row,
      reachable: alertTerms(row).every(({ factor }) => factor < most),
      keepFiringSeconds: keepFiringSeconds(row),
      ...trackAlert({
        row: hasData ? row : { ...row, whenNoData: false },
        condition: alertCondition({ row, burnRates, stale }),
        asOf,
        now,
        before,
      }),
    };
  });
}
