import type { SloStatus } from '../schema';
import type { AlertRow } from '../types';
import { alertTerms } from './alertTerms';

/**
 * Whether the condition of an alert is met. Three states: without data it is
 * neither met nor not met.
 *
 * @public
 */
export type AlertCondition = 'met' | 'not-met' | 'unknown';

/**
 * Judges the condition of an alert row: met iff the burn rate of every window
 * is above its factor, strictly. One that is known not to be above settles it,
 * whatever the others are.
 *
 * A window without one second of data is unknown; one with data and without
 * traffic burns nothing. Where the data is stale nothing is known about now.
 *
 * Source: Google SRE workbook, chapter 5 (multiwindow, multi-burn-rate).
 *
 * @public
 */
export function alertCondition(options: {
  row: AlertRow;
  burnRates: SloStatus['burnRates'];
  stale: boolean;
}): AlertCondition {
  const { row, burnRates, stale } = options;
  if (stale) {
    return 'unknown';
  }
  const rates = new Map(burnRates.map(rate => [rate.windowSeconds, rate]));
  let met: AlertCondition = 'met';
  for (const { windowSeconds, factor } of alertTerms(row)) {
    const rate = rates.get(windowSeconds);
    if (!rate || rate.coverage === 0) {
      met = 'unknown';
    } else if (!((rate.burnRate ?? 0) > factor)) {
      return 'not-met';
    }
  }
  return met;
}
