import type { DriftSummary } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * An owner, as it is named, with how many of its components want attention.
 *
 * @internal
 */
export interface AttentionRow {
  /** Ref of the owner, or what the API says where none is named. */
  key: string;
  title: string;
  /** Whether the ref is in the catalog. */
  resolves?: boolean;
  orphaned: number;
  atRisk: number;
}

/**
 * One row an owner from the orphaned and the at-risk components, the owner with
 * the most orphaned first, then with the most at risk.
 *
 * @internal
 */
export function attentionRows(options: {
  orphaned: DriftSummary['items'];
  atRisk: DriftSummary['items'];
}): AttentionRow[] {
  const rows = new Map<string, AttentionRow>();
  (['orphaned', 'atRisk'] as const).forEach(state =>
    options[state].forEach(({ key, title, resolves, components }) => {
      const row = rows.get(key) ?? {
        key,
        title,
        resolves,
        orphaned: 0,
        atRisk: 0,
      };
      rows.set(key, { ...row, [state]: components });
    }),
  );
  return [...rows.values()].sort(
    (a, b) =>
      b.orphaned - a.orphaned ||
      b.atRisk - a.atRisk ||
      a.title.localeCompare(b.title),
  );
}
