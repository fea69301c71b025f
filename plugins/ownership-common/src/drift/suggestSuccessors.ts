import type { OwnerSuggestion } from './suggestOwners';

/**
 * A group that could be what an owner reference is called now, and why.
 *
 * @public
 */
export interface SuccessorSuggestion {
  /** Ref of the group. */
  ref: string;
  /** What people call the group. */
  title: string;
  /** For how many of the components it is suggested as owner. */
  components: number;
  /** 0 to 1: the mean over all the components, 0 where it is not suggested. */
  confidence: number;
  /** The evidence in words that most of those components have. */
  reason: string;
}

/**
 * Ranks the groups that could answer for all that names a reference which
 * leads nowhere, from what is suggested for each of its components: who is
 * likely for many comes before who is sure for one. Equal confidence is
 * ordered by ref.
 *
 * @param options - `suggestions`: of each component, also where there are
 *   none. `limit`: default 3.
 *
 * @public
 */
export function suggestSuccessors(options: {
  suggestions: ReadonlyArray<ReadonlyArray<Omit<OwnerSuggestion, 'signals'>>>;
  limit?: number;
}): SuccessorSuggestion[] {
  const { suggestions, limit = 3 } = options;
  const candidates = new Map<
    string,
    { title: string; total: number; reasons: string[] }
  >();
  for (const suggestion of suggestions.flat()) {
    const { ref, title, confidence, reason } = suggestion;
    const candidate = candidates.get(ref) ?? { title, total: 0, reasons: [] };
    candidate.total += confidence;
    candidate.reasons.push(reason);
    candidates.set(ref, candidate);
  }
  return Array.from(candidates, ([ref, { title, total, reasons }]) => ({
    ref,
    title,
    components: reasons.length,
    confidence: Math.round((100 * total) / suggestions.length) / 100,
    reason: mostFrequent(reasons),
  }))
    .sort((a, b) => b.confidence - a.confidence || (a.ref < b.ref ? -1 : 1))
    .slice(0, limit);
}

/** The first of those that are there equally often. */
function mostFrequent(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const [[most]] = [...counts].sort(([, a], [, b]) => b - a);
  return most;
}
