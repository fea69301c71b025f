import { countedRanges } from './exclusion/stretches';
import type { SloState, SloStatus } from './schema';
import type { SloWindows } from './sloWindows';
import type { SloDefinition } from './types';

/**
 * Share of the window that must have data for a verdict; below it an SLO is
 * `partial`.
 *
 * @public
 */
export const MINIMUM_COVERAGE = 0.5;

/**
 * Remaining budget below which an SLO is `at-risk` even when nothing burns.
 *
 * @public
 */
export const AT_RISK_BELOW = 0.25;

/**
 * The state of an SLO with the reason in words. The first line that fits:
 *
 * | state | when |
 * |---|---|
 * | no-data | all of the window is excluded, no bucket ever, none in the window, or the last one is stale |
 * | no-traffic | data, but not one event in the window |
 * | partial | less than the share needed (half of it) of the window has data |
 * | breached | remaining budget below 0 |
 * | at-risk | a burn-rate alert fires, or remaining budget below 25 % |
 * | met | otherwise |
 *
 * @internal
 */
export function sloVerdict(options: {
  definition: SloDefinition;
  windows: SloWindows;
  coverage: number;
  budget: SloStatus['budget'];
  burnRates: SloStatus['burnRates'];
  alerts: SloStatus['alerts'];
  lastDataEnd?: number;
  total: number;
  minimumCoverage?: number;
}): { state: SloState; reason?: string } {
  const { windows, coverage, budget, burnRates, alerts, lastDataEnd, total } =
    options;
  const { minimumCoverage = MINIMUM_COVERAGE } = options;
  const { main, excluded = [] } = windows;
  if (
    main.start < main.end &&
    countedRanges({ range: main, excluded }).length === 0
  ) {
    return { state: 'no-data', reason: 'The whole window is excluded.' };
  }
  if (lastDataEnd === undefined) {
    return { state: 'no-data', reason: 'No sample was ever received.' };
  }
  if (windows.stale) {
    return {
      state: 'no-data',
      reason: `No data since ${minute(lastDataEnd)}.${
        alerts.some(({ firing, unknownSince }) => firing && unknownSince)
          ? ' An alert was firing; whether it would still is not known.'
          : ''
      }`,
    };
  }
  if (coverage === 0) {
    return { state: 'no-data', reason: 'No data in this window yet.' };
  }
  if (!budget) {
    return total > 0
      ? { state: 'no-data', reason: 'Not one whole time slice has data yet.' }
      : { state: 'no-traffic', reason: 'Not one event in the window.' };
  }
  if (coverage < minimumCoverage) {
    return {
      state: 'partial',
      reason: `Only ${percent(coverage)} of the window has data; ${percent(
        minimumCoverage,
      )} is needed for a verdict.`,
    };
  }
  if (budget.remaining < 0) {
    return {
      state: 'breached',
      reason: `The error budget is overspent by ${percent(-budget.remaining)}.`,
    };
  }
  const alert = alerts.find(({ firing, heldSince }) => firing && !heldSince);
  if (alert) {
    const burn = burnRates.find(
      rate => rate.windowSeconds === alert.longSeconds,
    )?.burnRate;
    return {
      state: 'at-risk',
      reason: `The budget burns ${rounded(
        burn ?? 0,
      )} times as fast as it may over ${hours(
        alert.longSeconds,
      )}; the limit is ${rounded(alert.factor)}.`,
    };
  }
  if (alerts.some(({ firing }) => firing)) {
    return {
      state: 'at-risk',
      reason:
        'The budget has stopped burning too fast; the alert resolves once that has lasted.',
    };
  }
  if (budget.remaining < AT_RISK_BELOW) {
    return {
      state: 'at-risk',
      reason: `Only ${percent(budget.remaining)} of the error budget is left.`,
    };
  }
  return { state: 'met' };
}

function minute(seconds: number): string {
  return `${new Date(seconds * 1000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')} UTC`;
}

function percent(share: number): string {
  return `${rounded(share * 100)} %`;
}

function rounded(value: number): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  return value.toFixed(digits).replace(/\.0$/, '');
}

function hours(seconds: number): string {
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}
