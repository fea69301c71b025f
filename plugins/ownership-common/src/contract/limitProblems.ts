import type { Problem } from './types';

/** More would help nobody and would be a burden to keep. */
const MAX_PROBLEMS = 100;

const UNTOLD: Problem = { path: '', message: '' };

/**
 * Takes one more problem. Those that are not shown in the end are counted, and
 * not described: there may be fifty thousand.
 *
 * @internal
 */
export function addProblem(problems: Problem[], describe: () => Problem): void {
  problems.push(problems.length < MAX_PROBLEMS ? describe() : UNTOLD);
}

/**
 * The first problems of a document, and how many more there are. What was
 * limited before stays as it is.
 *
 * @internal
 */
export function limitProblems(problems: Problem[]): Problem[] {
  const more = problems.length - MAX_PROBLEMS;
  const last = problems[MAX_PROBLEMS];
  if (more <= 0 || (more === 1 && last !== UNTOLD)) {
    return problems;
  }
  return [
    ...problems.slice(0, MAX_PROBLEMS),
    {
      ...last,
      path: '',
      message: `and ${more} more ${more === 1 ? 'problem' : 'problems'}`,
    },
  ];
}
