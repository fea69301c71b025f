import type { SloStatus } from '../schema';
import type { AlertChange } from './alertStates';

/**
 * The figures of the moment in which an alert changed: what an event and a
 * notification tell, however much later they go out.
 *
 * @public
 */
export interface AlertDetails {
  /** Title of the SLO. */
  title: string;
  /** Since when it fires, or fired: ISO 8601. */
  since: string;
  /** The burn rates the alert compares, shortest window first; absent ones are not known. */
  burnRates: Array<{ windowSeconds: number; burnRate?: number }>;
  /** The rows of the alert and which of them fire. */
  thresholds: Array<{
    longSeconds: number;
    shortSeconds: number;
    factor: number;
    firing: boolean;
  }>;
  /** Share of the budget that is left; negative when breached. */
  remaining?: number;
  /** Seconds until the budget is gone; absent if never. */
  exhaustionSeconds?: number;
  /** Names of the alerts, where they have any. */
  names: string[];
  /** Why it changed, where the burn rate is not why. */
  reason?: 'no-data' | 'removed';
  /** True where the policy does not want anybody notified of this change. */
  unannounced?: boolean;
}

/**
 * The figures of a change, from the status it came with.
 *
 * @public
 */
export function alertDetails(options: {
  change: AlertChange;
  status: SloStatus;
}): AlertDetails {
  const { change, status } = options;
  const rows = status.alerts.filter(
    ({ severity }) => severity === change.severity,
  );
  const concerned =
    change.state === 'firing' ? rows.filter(({ firing }) => firing) : rows;
  const windows = new Set(
    rows.flatMap(({ longSeconds, shortSeconds }) => [
      longSeconds,
      shortSeconds,
    ]),
  );
  const noData =
    change.state === 'firing' &&
    concerned.every(({ unknownSince }) => unknownSince);
  return {
    title: status.title,
    since: change.since,
    burnRates: status.burnRates
      .filter(({ windowSeconds }) => windows.has(windowSeconds))
      .map(({ windowSeconds, burnRate }) => ({
        windowSeconds,
        ...(burnRate !== undefined && { burnRate }),
      })),
    thresholds: rows.map(({ longSeconds, shortSeconds, factor, firing }) => ({
      longSeconds,
      shortSeconds,
      factor,
      firing,
    })),
    ...(status.budget && { remaining: status.budget.remaining }),
    ...(status.exhaustionSeconds !== undefined && {
      exhaustionSeconds: status.exhaustionSeconds,
    }),
    names: [...new Set(rows.flatMap(({ name }) => (name ? [name] : [])))],
    ...(noData && { reason: 'no-data' }),
    ...(concerned.length > 0 &&
      !noData &&
      concerned.every(row => row.unannounced?.includes(change.state)) && {
        unannounced: true,
      }),
  };
}
