import { showControls } from '../../command/showControls';
import type { LintFormat } from '../LintReport';

/**
 * Workflow commands that GitHub turns into remarks at the lines of a pull
 * request.
 *
 * @internal
 */
export const githubFormat: LintFormat = ({ problems, errors, warnings }) =>
  [
    ...problems.map(({ file, line, column, path, message, severity, rule }) => {
      const properties = [
        `file=${escapeProperty(file)}`,
        ...(line === undefined ? [] : [`line=${line}`]),
        ...(column === undefined ? [] : [`col=${column}`]),
        `title=${escapeProperty(`service-ownership ${rule}`)}`,
      ].join(',');
      const text = path ? `${path}: ${message}` : message;
      return `::${severity} ${properties}::${escapeData(text)}`;
    }),
    `${errors} errors, ${warnings} warnings`,
    '',
  ].join('\n');

function escapeData(value: string): string {
  return showControls(value).replace(/%/g, '%25');
}

function escapeProperty(value: string): string {
  return escapeData(value).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
