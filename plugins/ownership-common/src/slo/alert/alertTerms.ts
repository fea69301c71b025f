import type { AlertRow } from '../types';

/**
 * The burn rates an alert row compares, one for each window: all of them must
 * exceed their factor. The long window comes first.
 *
 * @public
 */
export function alertTerms(
  row: Pick<
    AlertRow,
    'longSeconds' | 'shortSeconds' | 'factor' | 'shortFactor' | 'also'
  >,
): Array<{ windowSeconds: number; factor: number }> {
  return [
    { windowSeconds: row.longSeconds, factor: row.factor },
    {
      windowSeconds: row.shortSeconds,
      factor: row.shortFactor ?? row.factor,
    },
    ...(row.also ?? []),
  ];
}
