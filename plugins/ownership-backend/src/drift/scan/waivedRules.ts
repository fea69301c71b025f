import type { FindingRow } from '../store/FindingRow';

/** Ids of the rules whose finding is waived now, by component. */
export function waivedRules(
  findings: ReadonlyMap<string, FindingRow[]>,
  now: Date,
): Map<string, Set<string>> {
  const at = now.toISOString();
  return new Map(
    [...findings].map(([ref, rows]) => [
      ref,
      new Set(
        rows
          .filter(
            ({ state, waiver_expires_at: until }) =>
              state === 'waived' && until !== null && until > at,
          )
          .map(({ rule_id }) => rule_id),
      ),
    ]),
  );
}
