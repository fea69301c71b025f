import type { ScanCounts } from '../ScanFence';
import type { RememberedVerdict } from '../VerdictMemory';

/** What a scan takes along from a part that was judged; JSON. */
export interface PartOutcome {
  counts: Pick<
    ScanCounts,
    'processed' | 'opened' | 'reopened' | 'closed' | 'unchanged'
  >;
  /** Rows of components and findings. */
  written: number;
  /** Owners of every component that was judged. */
  owners: Array<[entityRef: string, ownerRefs: readonly string[]]>;
  verdicts: Array<[entityRef: string, verdict: RememberedVerdict]>;
  /** Orphans: their rows are not written yet. */
  orphans: string[];
  /** Refs that something names and nothing bears. */
  missing: string[];
  /** What consumers were fed, each in its own words. */
  consumers: unknown[];
}
