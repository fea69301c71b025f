import { InputError } from '@backstage/errors';

const MAX_TOLD = 20;

/**
 * Rules that are not configured right. The message tells the first 20 problems.
 *
 * @public
 */
export class RuleConfigurationError extends InputError {
  /** That of an `InputError`: it answers with status 400. */
  override readonly name = 'InputError' as const;
  /** What is wrong, each beginning with its place in the configuration. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The drift rules are not configured right: ${problems
        .slice(0, MAX_TOLD)
        .join('; ')}`,
    );
    this.problems = problems;
  }
}
