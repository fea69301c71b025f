import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';
import {
  compareProblems,
  type LintProblem,
  type LintRule,
} from './LintProblem';

/** Errors of syntax that are shown of one file. */
const MAX_YAML_ERRORS = 5;
/** Longest message, in characters: others repeat what somebody wrote. */
const MAX_MESSAGE = 500;

/**
 * What is wrong with files.
 *
 * @internal
 */
export class ProblemList {
  readonly #problems: LintProblem[] = [];

  add(
    file: string,
    rule: LintRule,
    problems: readonly Problem[],
    severity: LintProblem['severity'] = 'error',
  ): void {
    for (const problem of problems) {
      const message = problem.message.slice(0, MAX_MESSAGE);
      this.#problems.push({ ...problem, message, file, rule, severity });
    }
  }

  /** One slip can make a thousand errors; the first ones say where it is. */
  addYamlErrors(file: string, errors: readonly Problem[]): void {
    this.add(file, 'yaml', errors.slice(0, MAX_YAML_ERRORS));
    const more = errors.length - MAX_YAML_ERRORS;
    if (more > 0) {
      this.add(file, 'yaml', [
        { path: '', message: `and ${more} more errors of this kind` },
      ]);
    }
  }

  /** In the order of compareProblems. */
  sorted(): LintProblem[] {
    return this.#problems.sort(compareProblems);
  }
}
