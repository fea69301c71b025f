/**
 * One range of ages of findings.
 *
 * @public
 */
export interface AgeBucket {
  /** Its name in summaries. */
  key: 'today' | 'week' | 'month' | 'quarter' | 'older';
  /** At least this many days old; 0 for the first. */
  minAgeDays: number;
  /** Younger than this many days; absent for the last. */
  maxAgeDays?: number;
}

/**
 * How old findings are, the youngest first: a finding is in the one bucket
 * with `minAgeDays <= age < maxAgeDays`.
 *
 * @public
 */
export const ageBuckets: readonly AgeBucket[] = [
  { key: 'today', minAgeDays: 0, maxAgeDays: 1 },
  { key: 'week', minAgeDays: 1, maxAgeDays: 7 },
  { key: 'month', minAgeDays: 7, maxAgeDays: 30 },
  { key: 'quarter', minAgeDays: 30, maxAgeDays: 90 },
  { key: 'older', minAgeDays: 90 },
];
