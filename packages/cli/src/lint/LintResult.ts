import type { LintProblem } from './LintProblem';
import type { FoundReference, FoundSloReference } from './ReferenceList';

/**
 * What came out of checking files.
 *
 * @internal
 */
export interface LintResult {
  /** In the order of compareProblems. */
  problems: LintProblem[];
  counts: { files: number; entities: number; contracts: number; slos: number };
  /** What the files refer to and do not hold themselves. */
  references: FoundReference[];
  /** SLOs that contracts refer to and the files do not hold. */
  sloReferences: FoundSloReference[];
}
