/**
 * The circuit breaker: whether so many owners vanished between two scans that
 * it looks like an outage of the organisation's directory rather than like
 * people leaving. Then a scan must not judge anybody.
 *
 * Groups and people often come from requests of their own: a group that loses
 * everybody in it counts as one that vanishes.
 *
 * @param options - `previousOwners`: owners that resolved in the last scan.
 *   `nowMissing`: those of them that resolve no more. `nowEmpty`: those that
 *   do, and had active members, and have none now. `share`: of the owners
 *   that may vanish, 0 to 1, default 0.1. `atLeast`: so many have to vanish
 *   before it counts, default 5.
 * @returns The reason in a sentence, or `undefined` where the scan may go on.
 *
 * @public
 */
export function massLoss(options: {
  previousOwners: Iterable<string>;
  nowMissing: Iterable<string>;
  nowEmpty?: Iterable<string>;
  share?: number;
  atLeast?: number;
}): string | undefined {
  const { nowEmpty = [], share = 0.1, atLeast = 5 } = options;
  const previous = new Set(options.previousOwners);
  const among = (refs: Iterable<string>) =>
    [...new Set(refs)].filter(ref => previous.has(ref));
  const missing = among(options.nowMissing);
  const empty = among(nowEmpty);
  const lost = [...new Set([...missing, ...empty])].sort();
  if (lost.length < atLeast || lost.length <= share * previous.size) {
    return undefined;
  }
  const percent = Math.round((lost.length / previous.size) * 100);
  const what = [
    ...(missing.length > 0 ? ['are gone from the catalog'] : []),
    ...(empty.length > 0 ? ['have lost all their active members'] : []),
  ].join(' or ');
  const more = lost.length > 3 ? ` and ${lost.length - 3} more` : '';
  return `${lost.length} of ${
    previous.size
  } owners (${percent} %) ${what} at once: ${lost
    .slice(0, 3)
    .join(', ')}${more}`;
}
