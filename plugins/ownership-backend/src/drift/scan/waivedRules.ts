import { holdsWaiver } from '@service-ownership/backstage-plugin-ownership-common';
import type { FindingRow } from '../store/FindingRow';

/** Ids of the rules whose finding is waived now, or is if it fails, by component. */
export function waivedRules(
  findings: ReadonlyMap<string, FindingRow[]>,
  now: Date,
): Map<string, Set<string>> {
  return new Map(
    [...findings].map(([ref, rows]) => [
      ref,
      new Set(
        rows
          .filter(
            ({ state, waiver_expires_at: until, closed_reason, closed_from }) =>
              until !== null &&
              holdsWaiver({
                finding: {
                  state,
                  waivedUntil: new Date(until),
                  closedReason: closed_reason ?? undefined,
                  closedFrom: closed_from ?? undefined,
                },
                now,
              }),
          )
          .map(({ rule_id }) => rule_id),
      ),
    ]),
  );
}
