import type { LintFormat } from '../LintReport';

/**
 * `{ errors, warnings, checked, problems: [{ file, line, column, path, rule, severity, message }] }`.
 *
 * @internal
 */
export const jsonFormat: LintFormat = ({
  errors,
  warnings,
  counts,
  problems,
}) =>
  `${JSON.stringify(
    {
      errors,
      warnings,
      checked: counts,
      problems: problems.map(
        ({ file, line, column, path, rule, severity, message }) => ({
          file,
          line,
          column,
          path,
          rule,
          severity,
          message,
        }),
      ),
    },
    undefined,
    2,
  )}\n`;
