/**
 * The identity of a finding, the same in every scan, restart and replica: one
 * rule on one component. Safe in a URL and a file name; different pairs give
 * different ids, because no id of a rule and no canonical ref contains a `~`
 * that is not encoded here.
 *
 * @public
 */
export function findingId(options: {
  ruleId: string;
  /** Canonical. */
  entityRef: string;
}): string {
  return [options.ruleId, ...options.entityRef.split(/[:/]/)]
    .map(part => encodeURIComponent(part).replace(/~/g, '%7E'))
    .join('~');
}
