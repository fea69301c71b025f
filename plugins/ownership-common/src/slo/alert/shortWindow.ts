const BUCKET = 300;

/**
 * The short window beside a long one, where none is written: a twelfth of it,
 * in whole 5-minute buckets and at least one. Both in seconds.
 *
 * Source: Google SRE workbook, "Alerting on SLOs".
 *
 * @public
 */
export function shortWindow(longSeconds: number): number {
  return wholeBuckets(longSeconds / 12);
}

/**
 * A number of seconds as whole 5-minute buckets, at least one.
 *
 * @internal
 */
export function wholeBuckets(seconds: number): number {
  return Math.max(BUCKET, Math.round(seconds / BUCKET) * BUCKET);
}
