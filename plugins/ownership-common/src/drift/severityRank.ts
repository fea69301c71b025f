import type { Severity } from './schema';

/**
 * The severities, the worst first.
 *
 * @internal
 */
export const severities: readonly Severity[] = [
  'critical',
  'high',
  'medium',
  'low',
];

/**
 * Place of a severity from the worst: 0 for critical, 3 for low. For sorting.
 *
 * @public
 */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}
