import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * How old the data of an SLO whose source fails may be: three buckets. A
 * source that is asked every minute is not late, it is down.
 */
export const FAILING_STALE_SECONDS = 900;

/** Why the source of an SLO could not be read, and since when. */
export interface SourceError {
  message: string;
  /** ISO 8601. */
  since: string;
}

/** Adds to a status without data why there is none. */
export function describeSourceError(
  status: SloStatus,
  error: SourceError | undefined,
): SloStatus {
  if (status.state !== 'no-data' || !error) {
    return status;
  }
  const since = `${error.since.slice(0, 16).replace('T', ' ')} UTC`;
  return {
    ...status,
    reason: `${status.reason} Its source cannot be read since ${since}: ${error.message}`,
  };
}
