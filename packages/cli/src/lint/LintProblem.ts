import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What is checked, by name. The names are public: other tools filter by them.
 *
 * @internal
 */
export const lintRules = {
  file: 'A file can be read: it is there, is text in UTF-8 and has at most 1 MiB',
  yaml: 'A file is YAML or JSON',
  entity: 'An entity has the form its kind asks for in the Backstage catalog',
  contract: 'An ownership contract has the right form',
  'contract-duplicate': 'A component has one contract and not more',
  slo: 'An SLO can be read and means what its author thinks',
  reference: 'What is referred to is in the portal',
} as const;

/** @internal */
export type LintRule = keyof typeof lintRules;

/**
 * One thing wrong with one file.
 *
 * @internal
 */
export interface LintProblem extends Problem {
  /** Path of the file relative to where the command runs, with `/`. */
  file: string;
  rule: LintRule;
  severity: 'error' | 'warning';
}

/**
 * By file, then from top to bottom, and then what concerns the whole file.
 *
 * @internal
 */
export function compareProblems(a: LintProblem, b: LintProblem): number {
  return (
    compareText(a.file, b.file) ||
    (a.line ?? Infinity) - (b.line ?? Infinity) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
