import { showControls } from '../../command/showControls';
import type { LintProblem } from '../LintProblem';
import type { LintFormat } from '../LintReport';

/**
 * JUnit XML: every problem is a failed test, warnings are in the output of a
 * test that passes. Without problems there is one test that passes. No two tests
 * have one name: GitLab shows the first one of them only.
 *
 * @internal
 */
export const junitFormat: LintFormat = ({ problems, errors }) => {
  const seen = new Map<string, number>();
  const nameOf = ({ file, rule, path }: LintProblem) => {
    const name = [rule, path].filter(part => part !== '').join(' ');
    const key = JSON.stringify([file, name]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? name : `${name} (${count})`;
  };
  const cases = problems.map(problem => {
    const { file, line, column, message, rule, severity } = problem;
    const place = [file, line, column]
      .filter(part => part !== undefined)
      .join(':');
    const name = `<testcase classname="${escape(file)}" name="${escape(
      nameOf(problem),
    )}" file="${escape(file)}">`;
    const text = escape(message);
    return severity === 'error'
      ? `${name}<failure type="${rule}" message="${text}">${escape(
          place,
        )}: ${text}</failure></testcase>`
      : `${name}<system-out>warning: ${escape(
          place,
        )}: ${text}</system-out></testcase>`;
  });
  const shown =
    cases.length > 0
      ? cases
      : ['<testcase classname="service-ownership" name="lint"/>'];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `<testsuite name="ownership-lint" tests="${shown.length}" failures="${errors}">`,
    ...shown,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

// XML has no way to write most control characters.
function escape(value: string): string {
  return showControls(value).replace(/[&<>"]/g, found => ENTITIES[found]);
}
