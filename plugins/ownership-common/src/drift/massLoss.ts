/**
 * The circuit breaker: whether so many owners vanished between two scans that
 * it looks like an outage of the organisation's directory rather than like
 * people leaving. Then a scan must not judge anybody.
 *
 * @param options - `previousOwners`: owners that resolved in the last scan.
 *   `nowMissing`: those of them that resolve no more. `share`: of the owners
 *   that may vanish, 0 to 1, default 0.1. `atLeast`: so many have to vanish
 *   before it counts, default 5.
 * @returns The reason in a sentence, or `undefined` where the scan may go on.
 *
 * @public
 */
export function massLoss(options: {
  previousOwners: Iterable<string>;
  nowMissing: Iterable<string>;
  share?: number;
  atLeast?: number;
}): string | undefined {
  const { share = 0.1, atLeast = 5 } = options;
  const previous = new Set(options.previousOwners);
  const missing = [...new Set(options.nowMissing)]
    .filter(ref => previous.has(ref))
    .sort();
  if (missing.length < atLeast || missing.length <= share * previous.size) {
    return undefined;
  }
  const percent = Math.round((missing.length / previous.size) * 100);
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return `${missing.length} of ${
    previous.size
  } owners (${percent} %) are gone from the catalog at once: ${missing
    .slice(0, 3)
    .join(', ')}${more}`;
}
