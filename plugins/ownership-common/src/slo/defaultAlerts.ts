import type { AlertRow } from './types';

/**
 * The multiwindow, multi-burn-rate table of the Google SRE workbook
 * (chapter 5): which share of the budget may be used within the long window.
 */
const table = [
  { severity: 'page', longSeconds: 3600, sharePercent: 2 },
  { severity: 'page', longSeconds: 6 * 3600, sharePercent: 5 },
  { severity: 'ticket', longSeconds: 86_400, sharePercent: 10 },
  { severity: 'ticket', longSeconds: 3 * 86_400, sharePercent: 10 },
] as const;

/**
 * The four default alert rows for a window of W seconds:
 *
 * factor = budget share x W / long window, short = long / 12.
 *
 * 30 days give the well-known 14.4, 6, 3 and 1; 28 days give 13.44, 5.6, 2.8
 * and 0.933. Rows whose long window is longer than W are left out.
 *
 * @public
 */
export function defaultAlerts(windowSeconds: number): AlertRow[] {
  return table
    .filter(({ longSeconds }) => longSeconds <= windowSeconds)
    .map(({ severity, longSeconds, sharePercent }) => ({
      severity,
      longSeconds,
      shortSeconds: longSeconds / 12,
      factor: (sharePercent * windowSeconds) / (100 * longSeconds),
    }));
}
