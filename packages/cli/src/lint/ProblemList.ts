import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';
import {
  compareProblems,
  type LintProblem,
  type LintRule,
} from './LintProblem';
import type { LintResult } from './LintResult';

/** Errors of syntax that are shown of one file. */
const MAX_YAML_ERRORS = 5;
/** Longest message, in characters: others repeat what somebody wrote. */
const MAX_MESSAGE = 500;
/** Texts that are kept before those without a problem are forgotten. */
const MAX_TEXTS = 500;

/**
 * What is wrong with files, with the texts of those files for code frames.
 *
 * @internal
 */
export class ProblemList {
  readonly #problems: LintProblem[] = [];
  readonly #texts = new Map<string, string>();
  readonly #withProblems = new Set<string>();

  /** Keeps the text for code frames until it is known to have no problem. */
  remember(file: { name: string; text: string }): void {
    this.#texts.set(file.name, file.text);
    if (this.#texts.size > MAX_TEXTS) {
      this.#forgetFlawless();
    }
  }

  add(
    file: string,
    rule: LintRule,
    problems: readonly Problem[],
    severity: LintProblem['severity'] = 'error',
  ): void {
    for (const problem of problems) {
      this.#withProblems.add(file);
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

  finish(): Pick<LintResult, 'problems' | 'texts'> {
    this.#forgetFlawless();
    return {
      problems: this.#problems.sort(compareProblems),
      texts: this.#texts,
    };
  }

  #forgetFlawless(): void {
    for (const name of this.#texts.keys()) {
      if (!this.#withProblems.has(name)) {
        this.#texts.delete(name);
      }
    }
  }
}
