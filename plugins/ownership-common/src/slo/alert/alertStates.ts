import type { SloStatus } from '../schema';
import type { AlertMemory } from './trackAlert';

/**
 * The alert of an SLO and severity: it fires while one of its rows does. This
 * is what is stored, and what people are told of.
 *
 * @public
 */
export interface AlertState {
  /** Whether somebody is woken or a ticket will do. */
  severity: 'page' | 'ticket';
  /** Whether one of its rows fires. */
  firing: boolean;
  /** Since when it fires, ISO 8601; absent where it does not. */
  since?: string;
  /** What is remembered of its rows. */
  rows: AlertMemory[];
}

/**
 * A change that people are told of.
 *
 * @public
 */
export interface AlertChange {
  /** Of which of the two alerts of an SLO. */
  severity: 'page' | 'ticket';
  /** What it became. */
  state: 'firing' | 'resolved';
  /** Since when it fires, or fired: ISO 8601. */
  since: string;
}

/**
 * What is to be stored of the alerts of an SLO, and what changed. A severity
 * of which there is nothing to remember is left out.
 *
 * Law: a pure function of what is stored and of the status. Whoever evaluates
 * the same once more finds no change.
 *
 * @public
 */
export function nextAlertStates(options: {
  previous: readonly AlertState[];
  alerts: SloStatus['alerts'];
}): { states: AlertState[]; changes: AlertChange[] } {
  const states: AlertState[] = [];
  const changes: AlertChange[] = [];
  for (const severity of ['page', 'ticket'] as const) {
    const before = options.previous.find(state => state.severity === severity);
    const rows = options.alerts.filter(alert => alert.severity === severity);
    const since = rows
      .flatMap(row => (row.firing && row.since ? [row.since] : []))
      .sort()[0];
    if (since && !before?.firing) {
      changes.push({ severity, state: 'firing', since });
    } else if (!since && before?.firing && before.since) {
      changes.push({ severity, state: 'resolved', since: before.since });
    }
    const remembered = rows
      .filter(row => row.since || row.pendingSince)
      .map(
        ({ longSeconds, shortSeconds, ...row }): AlertMemory => ({
          severity,
          longSeconds,
          shortSeconds,
          ...(row.since && { since: row.since }),
          ...(row.pendingSince && { pendingSince: row.pendingSince }),
          ...(row.heldSince && { heldSince: row.heldSince }),
        }),
      );
    if (remembered.length > 0) {
      states.push({
        severity,
        firing: since !== undefined,
        // The alert goes on while one of its rows does, whichever it is.
        ...(since && { since: before?.since ?? since }),
        rows: remembered,
      });
    }
  }
  return { states, changes };
}
