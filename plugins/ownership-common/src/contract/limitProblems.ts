import type { Problem } from './types';

/** More would help nobody and would be a burden to keep. */
const MAX_PROBLEMS = 100;

/**
 * The first problems of a document, and how many more there are.
 *
 * @internal
 */
export function limitProblems(problems: Problem[]): Problem[] {
  const [last] = problems.slice(MAX_PROBLEMS);
  if (!last) {
    return problems;
  }
  return [
    ...problems.slice(0, MAX_PROBLEMS),
    {
      ...last,
      path: '',
      message: `and ${problems.length - MAX_PROBLEMS} more problems`,
    },
  ];
}
