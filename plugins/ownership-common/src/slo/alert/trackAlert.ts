import type { SloStatus } from '../schema';
import type { AlertRow } from '../types';
import type { AlertCondition } from './alertCondition';

/**
 * What is remembered of an alert row from one evaluation to the next. All
 * moments are ISO 8601 in UTC.
 *
 * @public
 */
export type AlertMemory = Pick<
  SloStatus['alerts'][number],
  | 'severity'
  | 'longSeconds'
  | 'shortSeconds'
  | 'since'
  | 'pendingSince'
  | 'heldSince'
>;

/**
 * For how many seconds of data without its condition an alert goes on firing:
 * one short window. By then nothing of what it fired for is left in the short
 * window. Prometheus has the same under `keep_firing_for`.
 *
 * @public
 */
export function keepFiringSeconds(row: Pick<AlertRow, 'shortSeconds'>): number {
  return row.shortSeconds;
}

/**
 * Takes an alert row from one evaluation to the next.
 *
 * | fires | condition | becomes |
 * |---|---|---|
 * | no | met for `afterSeconds` (default 0) | firing |
 * | yes | met | firing |
 * | yes | not met for less than `keepFiringSeconds` | firing, held |
 * | yes | not met for that long | quiet |
 * | yes or no | unknown | as it was, and said to be unknown |
 *
 * Law: how long is measured by the end of the data, never by the clock. Looking
 * twice at the same data changes nothing, in whatever replica, and an alert
 * never resolves for want of data.
 *
 * @param options - `asOf`: end of the data, seconds since the epoch.
 *
 * @public
 */
export function trackAlert(options: {
  row: AlertRow;
  condition: AlertCondition;
  asOf: number;
  now: Date;
  before?: Omit<AlertMemory, 'severity' | 'longSeconds' | 'shortSeconds'>;
}): Pick<
  SloStatus['alerts'][number],
  'firing' | 'since' | 'pendingSince' | 'heldSince' | 'unknownSince'
> {
  const { row, condition, asOf, now, before = {} } = options;
  const dataEnd = new Date(asOf * 1000).toISOString();
  const lasted = (from: string) => asOf - Date.parse(from) / 1000;

  if (condition === 'unknown') {
    const { since, pendingSince, heldSince } = before;
    if (!since && row.whenNoData) {
      return {
        firing: true,
        since: now.toISOString(),
        unknownSince: dataEnd,
      };
    }
    return {
      firing: since !== undefined,
      ...(since && { since, unknownSince: dataEnd }),
      ...(pendingSince && { pendingSince }),
      ...(heldSince && { heldSince }),
    };
  }
  if (condition === 'met') {
    if (before.since) {
      return { firing: true, since: before.since };
    }
    const pendingSince = before.pendingSince ?? dataEnd;
    return lasted(pendingSince) >= (row.afterSeconds ?? 0)
      ? { firing: true, since: now.toISOString() }
      : { firing: false, pendingSince };
  }
  if (!before.since) {
    return { firing: false };
  }
  const heldSince = before.heldSince ?? dataEnd;
  return lasted(heldSince) >= keepFiringSeconds(row)
    ? { firing: false }
    : { firing: true, since: before.since, heldSince };
}
